"""Registers the Java kernel of this checkout with the reader's Jupyter and says how stock kernels use the library."""

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

HERE = Path(__file__).resolve().parent
HOME = HERE.parent
STARTER = str(HERE / ("lab.cmd" if os.name == "nt" else "lab"))
NATIVES = "PATH" if os.name == "nt" else "DYLD_LIBRARY_PATH" if sys.platform == "darwin" else "LD_LIBRARY_PATH"


def free_name(specs):
    """`java`, which the notebooks name, unless another kernel already has that name."""
    try:
        spec = specs.get_kernel_spec("java")
    except NoSuchKernel:
        return "java"
    if spec.argv[:1] == [STARTER] or not Path(spec.argv[0]).exists():
        return "java"
    print(f"A kernel named java is already there ({spec.display_name}, {spec.resource_dir}): it stays as it is.")
    print("Choose ours with Kernel, Change kernel.")
    return "learning-mechanics"


def register(specs, name):
    """Copies the kernel's specification, with the absolute path of the script: a relative one breaks when copied."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / name
        shutil.copytree(HERE / "kernels" / "java", copy)
        description = json.loads((copy / "kernel.json").read_text(encoding="utf-8"))
        description["argv"] = [STARTER, "kernel", "{connection_file}"]
        (copy / "kernel.json").write_text(json.dumps(description, indent=1) + "\n", encoding="utf-8")
        return specs.install_kernel_spec(str(copy), kernel_name=name, user=True)


def main():
    # What `lab` itself adds to Jupyter's path must not count as installed.
    os.environ.pop("JUPYTER_PATH", None)
    specs = KernelSpecManager()
    name = free_name(specs)
    folder = register(specs, name)
    if KernelSpecManager().find_kernel_specs().get(name) != folder:
        print(f"Jupyter does not list the kernel although it was written to {folder}.", file=sys.stderr)
        return 1
    print(f"Registered: jupyter kernelspec list shows {name} at {folder}")
    print(
        f"""
To use the library from a stock kernel instead, start Jupyter with these variables:
  IJava:  IJAVA_CLASSPATH="{HERE / 'target' / 'lib' / '*'}"
          IJAVA_STARTUP_SCRIPTS_PATH="{HERE / 'startup.jsh'}"
  JJava:  JJAVA_CLASSPATH="{HERE / 'target' / 'lib' / '*'}"
          JJAVA_STARTUP_SCRIPTS_PATH="{HERE / 'startup.jsh'}"
  both:   {NATIVES}="{HOME / 'lib' / 'target' / 'natives'}"
          JDK_JAVA_OPTIONS='"@{HERE / 'jvm.options'}"'
          MECHANICS_HOME="{HOME}"
          OPENBLAS_NUM_THREADS=1
They need a JDK 25 or newer on the PATH."""
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
