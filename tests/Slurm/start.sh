#!/usr/bin/env bash
# Starts a Slurm cluster of one node on the loopback of this machine, for tests: munged, slurmctld and slurmd with all their state in one folder.
#   tests/Slurm/start.sh FOLDER [NODES]   needs root, and slurm-wlm and munge installed; .ci/run installs them.
# Writes FOLDER/environment, to be sourced: it holds SLURM_CONF. tests/Slurm/stop.sh FOLDER ends it.
# With ACCOUNTS=1 the cluster keeps accounts, which sacct reads: slurmdbd over mariadbd, installed or unpacked below ACCOUNTS_ROOT
# (Debian: slurmdbd, slurm-wlm-mysql-plugin, mariadb-server-core and what they need; apt-get download, dpkg -x).
# With CGROUPS=1 memory is limited by control groups, as most clusters have it, and Slurm says OUT_OF_MEMORY; else Slurm measures it (OverMemoryKill) and
# says FAILED. It takes a machine whose control groups Slurm may have, as a virtual one for it alone.
# Ends with 77 where there is no Slurm to be had; the reason is the last line.
set -euo pipefail
skip() {
    echo "no Slurm: $*"
    exit 77
}

[ $# -ge 1 ] || { echo "usage: $0 FOLDER [NODES]" >&2; exit 2; }
folder=$(mkdir -p "$1" && cd "$1" && pwd)
nodes=${2:-1}
[ "$(id -u)" -eq 0 ] || skip 'it takes root to start slurmd'
for program in slurmctld slurmd munged sbatch; do
    command -v "$program" >/dev/null || skip "$program is not installed (Debian: apt-get install slurm-wlm munge)"
done

accounts=${ACCOUNTS:-}
root=${ACCOUNTS_ROOT:-}
if [ -n "$accounts" ]; then
    [ -z "$root" ] || export LD_LIBRARY_PATH="$root/usr/lib/$(uname -m)-linux-gnu${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
    for program in slurmdbd mariadbd; do
        [ -x "$root/usr/sbin/$program" ] || skip "$root/usr/sbin/$program is not there, and without it no accounts are kept"
    done
fi

# Ports of their own, so that two clusters do not meet.
free_port() {
    local port
    while port=$((20000 + RANDOM % 20000)) && (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
    echo "$port"
}

mkdir -p "$folder"/{munge,state,spool,log}
chmod 700 "$folder/munge"
(umask 077 && head -c 1024 /dev/urandom >"$folder/munge/key")
chmod 755 "$folder"
socket=$folder/munge/socket
munged --force --socket="$socket" --key-file="$folder/munge/key" --pid-file="$folder/munge/pid" --log-file="$folder/munge/log" --seed-file="$folder/munge/seed" --num-threads=2
host=$(hostname -s)
storage=accounting_storage/none
if [ -n "$accounts" ]; then
    database=$(free_port)
    daemon=$(free_port)
    mkdir -p "$folder/database"
    mariadb=("$root/usr/sbin/mariadbd" --no-defaults --user=root --datadir="$folder/database" --lc-messages-dir="$root/usr/share/mysql" --skip-grant-tables --innodb-buffer-pool-size=16M)
    echo 'create database mysql; create database slurm;' | sed 's/; /;\n/g' | "${mariadb[@]}" --bootstrap >"$folder/log/mariadb.log" 2>&1
    "${mariadb[@]}" --bind-address=127.0.0.1 --port="$database" --socket="$folder/database/socket" --pid-file="$folder/mariadb.pid" >>"$folder/log/mariadb.log" 2>&1 &
    (umask 077 && cat >"$folder/slurmdbd.conf" <<CONF
AuthType=auth/munge
AuthInfo=socket=$socket
DbdHost=localhost
DbdAddr=127.0.0.1
DbdPort=$daemon
SlurmUser=root
PidFile=$folder/slurmdbd.pid
LogFile=$folder/log/slurmdbd.log
PluginDir=/usr/lib/$(uname -m)-linux-gnu/slurm-wlm${root:+:$root/usr/lib/$(uname -m)-linux-gnu/slurm-wlm}
StorageType=accounting_storage/mysql
StorageHost=127.0.0.1
StoragePort=$database
StorageLoc=slurm
StorageUser=root
CONF
    )
    storage=accounting_storage/slurmdbd
fi
cpus=$(nproc)
track=proctrack/linuxproc
task=task/none
gather=$'JobAcctGatherParams=OverMemoryKill\n'
if [ -n "${CGROUPS:-}" ]; then
    track=proctrack/cgroup
    task=task/cgroup
    gather=
    # Without systemd, which would make the groups.
    printf '%s\n' "CgroupPlugin=cgroup/$([ -d /sys/fs/cgroup/memory ] && echo v1 || echo v2)" IgnoreSystemd=yes ConstrainRAMSpace=yes MinRAMSpace=1 >"$folder/cgroup.conf"
fi

{
    cat <<CONF
ClusterName=fsrec
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$(free_port)
AuthType=auth/munge
AuthInfo=socket=$socket
CredType=cred/munge
SlurmUser=root
SlurmdUser=root
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool/%n
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.%n.pid
SlurmctldLogFile=$folder/log/slurmctld.log
SlurmdLogFile=$folder/log/%n.log
ProctrackType=$track
TaskPlugin=$task
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
DefMemPerCPU=1500
SlurmdParameters=config_overrides
AccountingStorageType=$storage
${accounts:+AccountingStorageHost=127.0.0.1}
${accounts:+AccountingStoragePort=$daemon}
${accounts:+AccountingStoragePass=$socket}
JobCompType=jobcomp/filetxt
JobCompLoc=$folder/log/jobcomp.txt
JobAcctGatherType=jobacct_gather/linux
JobAcctGatherFrequency=1
${gather}SchedulerParameters=sched_min_interval=10000,bf_interval=2,sched_interval=1
MaxArraySize=10001
MaxJobCount=20000
MinJobAge=120
KillWait=2
ReturnToService=2
SlurmdTimeout=10
InactiveLimit=0
MpiDefault=none
PreemptType=preempt/partition_prio
PreemptMode=CANCEL
CONF
    for ((n = 1; n <= nodes; n++)); do
        echo "NodeName=node$n NodeHostname=$host NodeAddr=127.0.0.1 Port=$(free_port) CPUs=$cpus RealMemory=4000 State=UNKNOWN"
    done
    echo "PartitionName=test Nodes=ALL Default=YES MaxTime=INFINITE State=UP PriorityTier=1"
    # Its jobs have those of the other make way.
    echo "PartitionName=urgent Nodes=ALL MaxTime=INFINITE State=UP PriorityTier=10"
} >"$folder/slurm.conf"
export SLURM_CONF=$folder/slurm.conf
echo "export SLURM_CONF='$SLURM_CONF'" >"$folder/environment"
if [ -n "$accounts" ]; then
    for _ in $(seq 300); do (: <"/dev/tcp/127.0.0.1/$database") 2>/dev/null && break; sleep 0.1; done
    "$root/usr/sbin/slurmdbd"
    for _ in $(seq 300); do (: <"/dev/tcp/127.0.0.1/$daemon") 2>/dev/null && break; sleep 0.1; done
    sacctmgr -i add cluster fsrec >/dev/null || { tail -n 5 "$folder/log/slurmdbd.log"; "$(dirname "$0")/stop.sh" "$folder"; skip 'slurmdbd does not answer'; }
fi
slurmctld -i
for ((n = 1; n <= nodes; n++)); do
    mkdir -p "$folder/spool/node$n"
    slurmd -N "node$n" || { tail -n 5 "$folder/log/node$n.log"; "$(dirname "$0")/stop.sh" "$folder"; skip 'slurmd does not start'; }
done
for _ in $(seq 300); do
    if [ "$(sinfo -h -N -p test -o %T 2>/dev/null | grep -c '^idle$')" -eq "$nodes" ]; then
        echo "a cluster of $nodes node(s) is up: SLURM_CONF=$SLURM_CONF"
        exit 0
    fi
    sleep 0.2
done
sinfo || true
tail -n 5 "$folder"/log/*.log || true
"$(dirname "$0")/stop.sh" "$folder"
skip 'the node does not become idle'
