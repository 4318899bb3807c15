package io.fasterapi.samples.quickstart;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.FieldVisitor;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.SpringAsmInfo;

/**
 * The words of Netty, Reactor, Reactor Netty, Spring, Micrometer, Disruptor and the JDK: those of
 * the names of their public types and of the public and protected members of these.
 */
final class LibraryWords {

    private static final Pattern LIBRARY =
            Pattern.compile("(netty|reactor|spring|micrometer|disruptor)-.*\\.jar");

    private static final int SHOWN = Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED;

    private final Set<String> words = new HashSet<>();
    private final Set<String> jars = new TreeSet<>();

    LibraryWords() throws IOException {
        for (URL manifest : manifests()) {
            URLConnection connection = manifest.openConnection();
            if (connection instanceof JarURLConnection jar) {
                String name = Path.of(jar.getJarFile().getName()).getFileName().toString();
                if (LIBRARY.matcher(name).matches() && jars.add(name)) {
                    readJar(jar.getJarFile());
                }
            }
        }
        readJdk();
    }

    /** Returns whether one of the libraries uses {@code word}, or a word that comes from it. */
    boolean contains(String word) {
        return words.contains(word);
    }

    /** Returns the names of the jars. */
    Set<String> jars() {
        return jars;
    }

    private static List<URL> manifests() throws IOException {
        ClassLoader loader = LibraryWords.class.getClassLoader();
        return Collections.list(loader.getResources("META-INF/MANIFEST.MF"));
    }

    private void readJar(JarFile jar) throws IOException {
        for (JarEntry entry : Collections.list(jar.entries())) {
            if (isClass(entry.getName()) && !entry.getName().startsWith("META-INF/")) {
                try (InputStream in = jar.getInputStream(entry)) {
                    read(in);
                }
            }
        }
    }

    private void readJdk() throws IOException {
        Path base = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules/java.base");
        try (Stream<Path> files = Files.walk(base.resolve("java"))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (isClass(file.toString())) {
                    try (InputStream in = Files.newInputStream(file)) {
                        read(in);
                    }
                }
            }
        }
    }

    private static boolean isClass(String name) {
        return name.endsWith(".class") && !name.endsWith("-info.class");
    }

    private void read(InputStream in) throws IOException {
        int parts = ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES;
        ClassReader type = new ClassReader(in);
        if ((type.getAccess() & SHOWN) != 0) {
            String name = type.getClassName();
            add(name.substring(name.lastIndexOf('/') + 1));
            type.accept(new Members(), parts);
        }
    }

    private void add(String name) {
        Words.of(name).map(Words::stems).forEach(words::addAll);
    }

    /** Takes the names of what is public or protected. */
    private final class Members extends ClassVisitor {

        private Members() {
            super(SpringAsmInfo.ASM_VERSION);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String type, String generic, String[] thrown) {
            take(access, name);
            return null;
        }

        @Override
        public FieldVisitor visitField(
                int access, String name, String type, String generic, Object value) {
            take(access, name);
            return null;
        }

        private void take(int access, String name) {
            if ((access & SHOWN) != 0 && (access & Opcodes.ACC_SYNTHETIC) == 0) {
                add(name);
            }
        }
    }
}
