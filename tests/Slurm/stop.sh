#!/usr/bin/env bash
# Ends the cluster that start.sh started in FOLDER; its logs stay.
[ $# -eq 1 ] || { echo "usage: $0 FOLDER" >&2; exit 2; }
folder=$1
[ -f "$folder/slurm.conf" ] && SLURM_CONF=$folder/slurm.conf timeout 10 scancel --user="$(id -un)" 2>/dev/null
for pid in "$folder"/slurmd.*.pid "$folder/slurmctld.pid" "$folder/slurmdbd.pid" "$folder/munge/pid" "$folder/mariadb.pid"; do
    [ -s "$pid" ] || continue
    id=$(cat "$pid")
    kill "$id" 2>/dev/null
    for _ in $(seq 50); do kill -0 "$id" 2>/dev/null || break; sleep 0.1; done
    kill -9 "$id" 2>/dev/null
    rm -f "$pid"
done
exit 0
