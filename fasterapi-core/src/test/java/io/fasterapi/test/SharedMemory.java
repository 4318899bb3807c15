package io.fasterapi.test;

import com.lmax.disruptor.Sequence;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.regex.Pattern;

/**
 * All that is reachable from some objects which threads share: the project's own objects and the
 * Disruptor's, with their static fields, and what they keep in arrays, collections and atomics. A
 * thread's own objects, in fast thread-locals, are not reachable; a {@code LongAdder} is left out,
 * since the JDK spreads it over cells of the threads.
 */
public final class SharedMemory {

    /** The tests themselves, their lambdas, and this. */
    private static final Pattern TEST = Pattern.compile("Test\\b|^io\\.fasterapi\\.test\\.");

    private final Object[] roots;

    /** A field of an object, or an element of an array. */
    private record Place(int owner, String name, int index) {

        String label() {
            return index < 0 ? name : name + "[]";
        }
    }

    /** What was in each place at a moment. */
    public static final class Snapshot {

        private final Map<Place, Object> values = new HashMap<>();

        /** Counts the places in which something else is now. */
        public void countChanges(Snapshot now, Map<String, Map<Object, Integer>> changes) {
            now.values.forEach(
                    (place, value) -> {
                        if (values.containsKey(place)
                                && !Objects.equals(values.get(place), value)) {
                            changes.computeIfAbsent(place.label(), name -> new HashMap<>())
                                    .merge(place, 1, Integer::sum);
                        }
                    });
        }
    }

    private record Found(Object value, String name) {}

    public SharedMemory(Object... roots) {
        this.roots = roots;
    }

    /** Reads it all; while other threads write, nearly. */
    public Snapshot read() {
        Snapshot snapshot = new Snapshot();
        Map<Object, Integer> seen = new IdentityHashMap<>();
        Deque<Found> left = new ArrayDeque<>();
        for (Object root : roots) {
            left.add(new Found(root, root.getClass().getSimpleName()));
        }
        while (!left.isEmpty()) {
            Found next = left.remove();
            if (seen.putIfAbsent(next.value, 1) == null) {
                new Reading(snapshot, left, next).read();
            }
        }
        return snapshot;
    }

    /** Reads one object. */
    private record Reading(Snapshot snapshot, Deque<Found> left, Found found) {

        void read() {
            Object object = found.value;
            if (object instanceof Number number
                    && !(object.getClass().getName().endsWith("Adder"))) {
                note(found.name, -1, number.longValue()); // AtomicInteger and AtomicLong
            } else if (object instanceof AtomicBoolean flag) {
                note(found.name, -1, flag.get());
            } else if (object instanceof Sequence sequence) {
                note(found.name, -1, sequence.get());
            } else if (object instanceof AtomicReference<?> reference) {
                reference(found.name, -1, reference.get());
            } else if (object instanceof AtomicLongArray longs) {
                Class<?> type = object.getClass();
                String name = isWalked(type) ? type.getSimpleName() : found.name;
                for (int i = 0; i < longs.length(); i++) {
                    note(name, i, longs.get(i));
                }
            } else if (object instanceof AtomicIntegerArray ints) {
                for (int i = 0; i < ints.length(); i++) {
                    note(found.name, i, ints.get(i));
                }
            } else if (object instanceof AtomicReferenceArray<?> references) {
                for (int i = 0; i < references.length(); i++) {
                    reference(found.name, i, references.get(i));
                }
            } else if (object.getClass().isArray()) {
                array(object);
            } else if (object instanceof Map<?, ?> map) {
                note(found.name + ".size", -1, map.size());
                map.values().forEach(this::visit);
            } else if (object instanceof Collection<?> all) {
                note(found.name + ".size", -1, all.size());
                if (!(all instanceof Queue)) {
                    all.forEach(this::visit);
                }
            } else if (isWalked(object.getClass())) {
                fields(object);
            }
        }

        private static boolean isWalked(Class<?> type) {
            String name = type.getName();
            return (name.startsWith("io.fasterapi.") && !TEST.matcher(name).find())
                    || name.startsWith("com.lmax.disruptor.");
        }

        private void array(Object array) {
            boolean primitive = array.getClass().getComponentType().isPrimitive();
            for (int i = 0; i < Array.getLength(array); i++) {
                Object value = Array.get(array, i);
                if (primitive) {
                    note(found.name, i, value);
                } else {
                    reference(found.name, i, value);
                }
            }
        }

        private void fields(Object object) {
            for (Class<?> type = object.getClass();
                    type != null && isWalked(type);
                    type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    field(object, field);
                }
            }
        }

        private void field(Object object, Field field) {
            String name = field.getDeclaringClass().getSimpleName() + '.' + field.getName();
            Object value;
            try {
                field.setAccessible(true);
                value = field.get(Modifier.isStatic(field.getModifiers()) ? null : object);
            } catch (IllegalAccessException ex) {
                throw new AssertionError(name, ex);
            }
            if (field.getType().isPrimitive()) {
                note(name, -1, value);
            } else {
                reference(name, -1, value);
            }
        }

        private void visit(Object value) {
            if (value != null) {
                left.add(new Found(value, found.name));
            }
        }

        private void reference(String name, int index, Object value) {
            note(name, index, value == null ? null : System.identityHashCode(value));
            if (value != null && !(value instanceof Thread)) {
                left.add(new Found(value, name));
            }
        }

        private void note(String name, int index, Object value) {
            snapshot.values.put(
                    new Place(System.identityHashCode(found.value), name, index), value);
        }
    }
}
