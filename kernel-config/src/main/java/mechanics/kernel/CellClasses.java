package mechanics.kernel;

import java.io.ByteArrayInputStream;

import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import jdk.jshell.spi.ExecutionControl.ClassInstallException;
import jdk.jshell.spi.ExecutionControl.InternalException;
import org.dflib.jjava.jupyter.kernel.util.PathsHandler;

/** Holds the classes of cells and loads them: assertions on, code woven by {@link CellCode}. */
final class CellClasses implements LoaderDelegate {

    private final Loader loader = new Loader();
    private final CellCode code = new CellCode(loader);

    /** The loader of the code of cells; sees everything that {@code %maven} and {@code %classpath} add. */
    ClassLoader loader() {
        return loader;
    }

    @Override
    public void load(ClassBytecodes[] classes) throws ClassInstallException {
        classesRedefined(classes);
        boolean[] loaded = new boolean[classes.length];
        try {
            for (int i = 0; i < classes.length; i++) {
                Class.forName(classes[i].name(), false, loader);
                loaded[i] = true;
            }
        } catch (ClassNotFoundException | LinkageError e) {
            throw new ClassInstallException(e.toString(), loaded);
        }
    }

    @Override
    public void classesRedefined(ClassBytecodes[] classes) {
        for (ClassBytecodes bytecodes : classes) {
            loader.declared.put(bytecodes.name(), bytecodes.bytecodes());
        }
    }

    @Override
    public void addToClasspath(String paths) throws InternalException {
        for (String path : PathsHandler.split(paths)) {
            try {
                loader.addURL(Path.of(path).toUri().toURL());
            } catch (MalformedURLException e) {
                throw new InternalException(e.toString());
            }
        }
    }

    @Override
    public Class<?> findClass(String name) throws ClassNotFoundException {
        return Class.forName(name, false, loader);
    }

    private final class Loader extends URLClassLoader {

        private final Map<String, byte[]> declared = new ConcurrentHashMap<>();

        Loader() {
            super("cells", new URL[0], CellClasses.class.getClassLoader());
            setDefaultAssertionStatus(true);
        }

        @Override
        protected void addURL(URL url) { super.addURL(url); }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = declared.get(name);
            if (bytes == null) {
                return super.findClass(name);
            }
            byte[] woven = code.weave(bytes);
            return defineClass(name, woven, 0, woven.length);
        }

        @Override
        public InputStream getResourceAsStream(String name) {
            byte[] bytes = name.endsWith(".class")
                    ? declared.get(name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    : null;
            return bytes != null ? new ByteArrayInputStream(bytes) : super.getResourceAsStream(name);
        }
    }
}
