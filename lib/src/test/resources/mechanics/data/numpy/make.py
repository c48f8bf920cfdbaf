"""Writes the arrays of StoredArraysTest: run it in this folder with a Python that has NumPy."""

import numpy as np

generator = np.random.default_rng(1)
for code in ("?", "i1", "u1", "<i2", ">u2", "<i4", ">u4", "<i8", "<u8", "<f2", "<f4", ">f4", "<f8", ">f8"):
    numbers = generator.normal(size=(2, 3, 4)) * 50
    array = (numbers > 0) if code == "?" else (abs(numbers) if "u" in code else numbers).astype(code)
    name = code.replace("<", "little-").replace(">", "big-").replace("?", "bool")
    np.save(f"{name}.npy", array)
    with open(f"{name}.txt", "w", encoding="ascii") as file:
        file.write(" ".join(repr(float(value)) for value in array.astype("f8").ravel()) + "\n")
np.save("fortran.npy", np.asfortranarray(np.arange(24.0).reshape(2, 3, 4)))
np.save("scalar.npy", np.float64(2.5))
np.save("none.npy", np.zeros((0, 3), "f4"))
np.save("special.npy", np.array([np.nan, np.inf, -np.inf, -0.0, 5e-324], "f8"))
np.save("objects.npy", np.array([{}, 1], object), allow_pickle=True)
np.save("complex.npy", np.zeros(2, "c8"))
np.save("record.npy", np.zeros(2, [("a", "f4"), ("b", "i4")]))
with open("version-2.npy", "wb") as file:
    np.lib.format.write_array(file, np.arange(3.0), version=(2, 0))
np.savez("several.npz", hidden=np.arange(6.0).reshape(2, 3), labels=np.array([1, 0]))
np.savez_compressed("packed.npz", hidden=np.arange(6.0).reshape(2, 3), labels=np.array([1, 0]))
