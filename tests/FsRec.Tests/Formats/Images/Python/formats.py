"""Files of other programs, for FsRec to read, and a look at those that FsRec wrote.

    formats.py write FOLDER    writes files by numpy, tifffile, mrcfile, h5py and hyperspy, and index.json: what each must read to
    formats.py check FOLDER    reads what FsRec wrote into FOLDER and compares it, value for value, with expected.npy there

Programs that are not there are passed over; which ones were used is printed.
"""
import json
import os
import sys

import numpy as np

index = []


def pattern(dtype, frames=3, rows=37, columns=53):
    """Numbers that fill a type's range and of which no two neighbours are the same."""
    n = frames * rows * columns
    ramp = (np.arange(n, dtype=np.uint64) * 2654435761) % 65521
    dtype = np.dtype(dtype)
    if dtype.kind == "c":
        parts = dtype.type(0).real.dtype
        values = ramp.astype(parts) / 7 + 1j * (ramp[::-1].astype(parts) / 11)
    elif dtype.kind == "f":
        values = ramp / 64.0 - 300
    else:
        limits = np.iinfo(dtype)
        span = min(int(limits.max) - int(limits.min), 65520)
        values = (ramp % (span + 1)).astype(np.int64) + max(int(limits.min), -32768 if limits.min < 0 else 0)
    return values.astype(dtype).reshape(frames, rows, columns)


def note(name, data, sampling=None, **more):
    """Keeps what a file must read to: its shape, and all values as numbers of double precision (rows of a complex image: real and imaginary part in turn)."""
    data = data if data.ndim == 3 else data[None]
    flat = np.ascontiguousarray(data)
    if flat.dtype.kind == "c":
        flat = flat.view(flat.real.dtype)
    np.ascontiguousarray(flat.astype("<f4")).tofile(os.path.join(folder, name + ".values"))
    index.append({"file": name, "shape": list(data.shape), "sampling": sampling, **more})


def write_numpy():
    for dtype in ("u1", "i1", "<u2", ">u2", "<i2", "<u4", ">i4", "<i8", "<f2", "<f4", ">f4", "<f8", "<c8", ">c16"):
        name = "numpy-" + dtype.strip("<>") + ("-big" if dtype[0] == ">" else "") + ".npy"
        data = pattern(dtype)
        np.save(os.path.join(folder, name), data)
        note(name, data)
    data = pattern("<u2")
    np.save(os.path.join(folder, "numpy-fortran.npy"), np.asfortranarray(data))
    note("numpy-fortran.npy", data)
    np.save(os.path.join(folder, "numpy-fortran2.npy"), np.asfortranarray(data[0]))
    note("numpy-fortran2.npy", data[0])
    np.savez(os.path.join(folder, "numpy-stored.npz"), stack=data, other=np.arange(5))
    note("numpy-stored.npz", data)
    np.savez_compressed(os.path.join(folder, "numpy-packed.npz"), stack=data)
    note("numpy-packed.npz", data)


def write_raw():
    data = pattern("u2")
    for name, order, bytes_first in (("images", (0, 1, 2), "<"), ("rows", (1, 0, 2), ">"), ("pixels", (1, 2, 0), "<")):
        with open(os.path.join(folder, f"raw-{name}.raw"), "wb") as f:
            f.write(b"x" * 256)
            f.write(data.transpose(order).astype(bytes_first + "u2").tobytes())
        note(f"raw-{name}.raw", data, raw={"type": "UInt16", "bigEndian": bytes_first == ">", "header": 256, "order": name.capitalize()})


def write_tiff():
    import tifffile

    for dtype in ("u1", "i1", "u2", "i2", "u4", "i4", "f4", "f8", "f2"):
        for big in (False, True):
            name = f"tiff-{dtype}{'-big' if big else ''}.tif"
            data = pattern(dtype)
            tifffile.imwrite(os.path.join(folder, name), data, byteorder=">" if big else "<", photometric="minisblack", metadata=None)
            note(name, data)
    data = pattern("u2")
    for name, options in {
        "tiff-bigtiff.tif": {"bigtiff": True},
        "tiff-strips.tif": {"rowsperstrip": 5},
        "tiff-tiles.tif": {"tile": (16, 32)},
        "tiff-deflate.tif": {"compression": "zlib"},
        "tiff-deflate-predictor.tif": {"compression": "zlib", "predictor": True, "rowsperstrip": 7},
        "tiff-deflate-tiles.tif": {"compression": "zlib", "tile": (16, 32)},
    }.items():
        for order in "<>":
            full = name.replace(".tif", ("-big" if order == ">" else "") + ".tif")
            try:
                tifffile.imwrite(os.path.join(folder, full), data, photometric="minisblack", metadata=None, byteorder=order, **options)
            except Exception as e:  # a codec that this machine has not
                print("left out", full, e)
                continue
            note(full, data)
    reals = pattern("f4")
    try:
        tifffile.imwrite(os.path.join(folder, "tiff-float-predictor.tif"), reals, photometric="minisblack", metadata=None, compression="zlib", predictor=3)
        note("tiff-float-predictor.tif", reals)
    except Exception as e:
        print("left out tiff-float-predictor.tif", e)
    tifffile.imwrite(os.path.join(folder, "tiff-imagej.tif"), reals, imagej=True, resolution=(1 / 0.05, 1 / 0.04), metadata={"unit": "nm", "axes": "ZYX"})
    note("tiff-imagej.tif", reals, [0.04, 0.05])
    with tifffile.TiffWriter(os.path.join(folder, "tiff-onepage.tif"), imagej=True) as tif:
        tif.write(reals, contiguous=True, metadata={"axes": "ZYX"}, resolution=(4.0, 4.0))
    note("tiff-onepage.tif", reals)
    write_lzw(data)


def write_lzw(data):
    """LZW and PackBits by Pillow, where it is there."""
    try:
        from PIL import Image
    except ImportError:
        return
    import warnings

    warnings.simplefilter("ignore")
    for compression in ("tiff_lzw", "packbits"):
        pages = [Image.fromarray(frame.astype("<u2")) for frame in data]
        name = f"tiff-{compression}.tif"
        try:
            pages[0].save(os.path.join(folder, name), save_all=True, append_images=pages[1:], compression=compression)
        except Exception as e:
            print("left out", name, e)
            continue
        note(name, data)
    Image.fromarray(data[0].astype("<u2")).save(os.path.join(folder, "png-16.png"))
    note("png-16.png", data[0])
    Image.fromarray((data[0] % 256).astype("u1")).save(os.path.join(folder, "png-8.png"))
    note("png-8.png", (data[0] % 256).astype("u1"))


def write_mrc():
    import mrcfile
    import warnings

    warnings.simplefilter("ignore")
    for dtype in ("i1", "i2", "f4", "c8", "u2", "f2"):
        name = f"mrc-{dtype}.mrc"
        data = pattern(dtype)
        try:
            with mrcfile.new(os.path.join(folder, name), overwrite=True) as m:
                m.set_data(data)
                if m.header.mode == 2 and dtype == "f2":
                    print("left out", name)
                    continue
                m.voxel_size = (0.5, 0.4, 1.0)
        except Exception as e:
            print("left out", name, e)
            continue
        note(name, data, [0.04, 0.05])
    data = pattern("i2")
    with mrcfile.new(os.path.join(folder, "mrc-big.mrc"), overwrite=True) as m:
        m.set_data(data.astype(">i2"))
        m.voxel_size = 0.5
    note("mrc-big.mrc", data, [0.05, 0.05])
    with mrcfile.new(os.path.join(folder, "mrc-extended.mrc"), overwrite=True) as m:
        m.set_data(data)
        m.set_extended_header(np.frombuffer(b"y" * 1280, dtype="V1"))
        m.voxel_size = 0.5
    note("mrc-extended.mrc", data, [0.05, 0.05])


def write_hdf5():
    import h5py

    for dtype in ("<u2", ">i4", "<f4", "<f8", "u1", "<i2"):
        data = pattern(dtype)
        name = "nexus-" + dtype.strip("<>") + ("-big" if dtype[0] == ">" else "") + ".h5"
        with h5py.File(os.path.join(folder, name), "w") as h:
            g = h.create_group("entry/data")
            g.attrs["NX_class"] = "NXdata"
            g.attrs["signal"] = "counts"
            g.attrs["axes"] = ["z", "y", "x"]
            g.create_dataset("counts", data=data)
            for axis, size, step in (("z", data.shape[0], 1.0), ("y", data.shape[1], 0.04), ("x", data.shape[2], 0.05)):
                g.create_dataset(axis, data=np.arange(size) * step)
                g[axis].attrs["units"] = "nm"
        note(name, data, [0.04, 0.05])
    data = pattern("u2")
    for latest in (False, True):
        for filters in ({}, {"chunks": (1, 16, 16)}, {"chunks": (2, 37, 53), "compression": "gzip", "shuffle": True}, {"chunks": (1, 37, 53), "fletcher32": True}):
            name = f"hdf5-{'new' if latest else 'old'}-{len(filters)}{'-f' if 'fletcher32' in filters else ''}.h5"
            with h5py.File(os.path.join(folder, name), "w", libver="latest" if latest else "earliest") as h:
                h.create_dataset("group/images", data=data, **filters)
            note(name, data)
    with h5py.File(os.path.join(folder, "ncem-zyx.emd"), "w") as h:
        g = h.create_group("data/series")
        g.attrs["emd_group_type"] = 1
        g.create_dataset("data", data=data)
        for i, (axis, size, step) in enumerate((("z", data.shape[0], 1.0), ("y", data.shape[1], 0.4), ("x", data.shape[2], 0.5))):
            d = g.create_dataset(f"dim{i + 1}", data=np.arange(size) * step)
            d.attrs["name"] = axis
            d.attrs["units"] = "[Å]"
    note("ncem-zyx.emd", data, [0.04, 0.05])


def write_hyperspy():
    import hyperspy.api as hs

    data = pattern("f4")
    signal = hs.signals.Signal2D(data)
    for axis, scale, unit in zip(signal.axes_manager.signal_axes, (50.0, 40.0), ("pm", "pm")):
        axis.scale, axis.units = scale, unit
    signal.metadata.set_item("Acquisition_instrument.TEM.beam_energy", 200.0)
    signal.save(os.path.join(folder, "hyperspy.hspy"), overwrite=True)
    note("hyperspy.hspy", data, [0.04, 0.05], voltage=200.0)
    signal.save(os.path.join(folder, "hyperspy.emd"), overwrite=True)
    note("hyperspy.emd", data)


def run(writers):
    for writer in writers:
        try:
            writer()
            print("used", writer.__name__)
        except ImportError as e:
            print("not here:", e)


def same(what, found, expected):
    found = np.asarray(found)
    if found.shape != expected.shape or not np.array_equal(found, expected):
        sys.exit(f"{what}: {found.shape} {found.dtype}, expected {expected.shape}; equal: {found.shape == expected.shape and (found == expected).sum()}")


def close(what, found, expected):
    if abs(found - expected) > 1e-6 * abs(expected):
        sys.exit(f"{what}: {found}, expected {expected}")


def check():
    series = np.load(os.path.join(folder, "expected.npy"))
    wave = np.load(os.path.join(folder, "expected-wave.npy"))
    row, column = 0.04, 0.05
    same("series.npy", np.load(os.path.join(folder, "series.npy")), series)
    same("wave.npy", np.load(os.path.join(folder, "wave.npy")), wave)
    pair = np.stack([np.abs(wave), np.angle(wave)])
    try:
        import tifffile

        for name, data in (("series.tif", series), ("wave.tif", None)):
            with tifffile.TiffFile(os.path.join(folder, name)) as t:
                if not t.is_imagej:
                    sys.exit(name + " is not ImageJ's")
                found = t.asarray()
                same(name, found, data if data is not None else found)
                if data is None and not np.allclose(found, pair, rtol=1e-5, atol=1e-6):
                    sys.exit(name + " is not amplitude and phase")
                page = t.pages[0]
                x, y = page.tags["XResolution"].value, page.tags["YResolution"].value
                close(name + " x", x[1] / x[0], column)
                close(name + " y", y[1] / y[0], row)
                if t.imagej_metadata["unit"] != "nm" or "FsRec" not in t.imagej_metadata["Info"]:
                    sys.exit(name + ": " + str(t.imagej_metadata))
                if data is None and t.imagej_metadata["Labels"] != ["amplitude", "phase"]:
                    sys.exit(name + ": " + str(t.imagej_metadata["Labels"]))
        same("wave-complex.tif", tifffile.imread(os.path.join(folder, "wave-complex.tif")), np.stack([wave.real, wave.imag]))
        print("checked by tifffile")
    except ImportError as e:
        print("not here:", e)
    try:
        import mrcfile

        for name, data in (("series.mrc", series), ("wave.mrc", wave[None])):
            if not mrcfile.validate(os.path.join(folder, name)):
                print("mrcfile has remarks on", name)
            with mrcfile.open(os.path.join(folder, name)) as m:
                found = m.data if m.data.ndim == 3 else m.data[None]
                same(name, found, data)
                close(name + " x", float(m.voxel_size.x) / 10, column)
                close(name + " y", float(m.voxel_size.y) / 10, row)
        print("checked by mrcfile")
    except ImportError as e:
        print("not here:", e)
    try:
        import h5py

        with h5py.File(os.path.join(folder, "series.hspy")) as h:
            same("series.hspy", h["Experiments/FsRec/data"], series)
        with h5py.File(os.path.join(folder, "wave.hspy")) as h:
            same("wave.hspy", h["Experiments/FsRec/data"], wave)
        with h5py.File(os.path.join(folder, "series.emd")) as h:
            same("series.emd", h["signals/FsRec/data"][...].T, series)
        with h5py.File(os.path.join(folder, "wave.emd")) as h:
            same("wave.emd", h["signals/FsRec/data"][...].T, wave)
        print("checked by h5py")
    except ImportError as e:
        print("not here:", e)
    try:
        import hyperspy.api as hs

        for name, data in (("series.hspy", series), ("wave.hspy", wave), ("series.emd", series), ("wave.emd", wave)):
            signal = hs.load(os.path.join(folder, name))
            same("hyperspy " + name, signal.data, data)
            by_name = {a.name: a for a in signal.axes_manager._axes}
            close(name + " x", by_name["x"].scale, column)
            close(name + " y", by_name["y"].scale, row)
            if str(by_name["x"].units) not in ("nm", "n_m", "[n_m]"):
                sys.exit(name + " unit " + str(by_name["x"].units))
        print("checked by hyperspy")
    except ImportError as e:
        print("not here:", e)


task, folder = sys.argv[1:3]
if task == "write":
    run([write_numpy, write_raw, write_tiff, write_mrc, write_hdf5, write_hyperspy])
    with open(os.path.join(folder, "index.json"), "w") as f:
        json.dump(index, f, indent=1)
else:
    check()
