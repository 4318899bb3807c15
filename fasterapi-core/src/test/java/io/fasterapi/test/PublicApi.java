package io.fasterapi.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The list of a module's public types and of their public and protected members, compared with
 * {@code src/test/resources/public-api.txt}. Growth of the API is thereby a reviewed line; {@code
 * -Dpublic-api.update=true} rewrites the file.
 */
public final class PublicApi {

    private static final Path MODULE = Path.of(System.getProperty("basedir", ""));
    private static final Path CLASSES = MODULE.resolve("target/classes");
    private static final Path LIST = MODULE.resolve("src/test/resources/public-api.txt");

    private PublicApi() {}

    /**
     * Returns what differs from the list, a line each: {@code +} what is new, {@code -} what is
     * gone. Nothing does once the list has been rewritten.
     */
    public static List<String> differences() throws IOException {
        List<String> actual = list();
        if (Boolean.getBoolean("public-api.update")) {
            Files.createDirectories(LIST.getParent());
            Files.write(LIST, actual);
            return List.of();
        }
        List<String> expected = Files.exists(LIST) ? Files.readAllLines(LIST) : List.of();
        List<String> lines = new ArrayList<>();
        actual.stream().filter(l -> !expected.contains(l)).forEach(l -> lines.add("+ " + l));
        expected.stream().filter(l -> !actual.contains(l)).forEach(l -> lines.add("- " + l));
        if (lines.isEmpty() && !actual.equals(expected)) {
            lines.add("(same lines, other order)");
        }
        return lines;
    }

    private static List<String> list() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Class<?> type : publicTypes()) {
            String name = type.getName();
            lines.add(kind(type) + " " + name);
            members(type).sorted().distinct().forEach(m -> lines.add(name + " " + m));
        }
        return lines;
    }

    private static List<Class<?>> publicTypes() throws IOException {
        if (!Files.isDirectory(CLASSES)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(CLASSES)) {
            return files.map(f -> CLASSES.relativize(f).toString().replace('\\', '/'))
                    .filter(f -> f.startsWith("io/fasterapi/") && f.endsWith(".class"))
                    .filter(f -> !f.endsWith("-info.class"))
                    .map(f -> f.substring(0, f.length() - ".class".length()).replace('/', '.'))
                    .sorted()
                    .<Class<?>>map(PublicApi::load)
                    .filter(PublicApi::isVisible)
                    .collect(Collectors.toList());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, PublicApi.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("class: " + name + " (expected: loadable)", e);
        }
    }

    private static boolean isVisible(Class<?> type) {
        for (Class<?> c = type; c != null; c = c.getEnclosingClass()) {
            if (!isVisible(c.getModifiers()) || c.isSynthetic() || c.isAnonymousClass()) {
                return false;
            }
        }
        return true;
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static Stream<String> members(Class<?> type) {
        boolean isFinal = Modifier.isFinal(type.getModifiers());
        Stream<Member> members =
                Stream.of(
                                type.getDeclaredConstructors(),
                                type.getDeclaredFields(),
                                type.getDeclaredMethods())
                        .flatMap(Arrays::stream);
        return members.filter(m -> !m.isSynthetic() && isVisible(m.getModifiers()))
                .filter(m -> !isFinal || Modifier.isPublic(m.getModifiers()))
                .map(PublicApi::describe);
    }

    private static String describe(Member member) {
        String modifiers = Modifier.toString(member.getModifiers() & ~unlisted(member));
        String prefix = modifiers.isEmpty() ? "" : modifiers + " ";
        if (member instanceof Field field) {
            return prefix + name(field.getGenericType()) + " " + field.getName();
        }
        if (member instanceof Constructor<?> constructor) {
            return prefix + "new" + names(constructor.getGenericParameterTypes());
        }
        Method method = (Method) member;
        return prefix
                + name(method.getGenericReturnType())
                + " "
                + method.getName()
                + names(method.getGenericParameterTypes());
    }

    /** Modifiers that are no part of a contract; a method's VARARGS bit reads as transient. */
    private static int unlisted(Member member) {
        int hidden = Modifier.SYNCHRONIZED | Modifier.NATIVE | Modifier.STRICT;
        if (!(member instanceof Field)) {
            hidden |= Modifier.TRANSIENT | Modifier.VOLATILE;
        }
        return hidden;
    }

    private static String names(Type[] types) {
        return Arrays.stream(types)
                .map(PublicApi::name)
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String name(Type type) {
        return type.getTypeName().replaceAll("\\bjava\\.lang\\.(?=[A-Z])", "");
    }

    private static String kind(Class<?> type) {
        if (type.isAnnotation()) {
            return "annotation";
        }
        if (type.isInterface()) {
            return "interface";
        }
        if (type.isEnum()) {
            return "enum";
        }
        if (type.isRecord()) {
            return "record";
        }
        return (Modifier.toString(type.getModifiers() & (Modifier.ABSTRACT | Modifier.FINAL))
                        + " class")
                .strip();
    }
}
