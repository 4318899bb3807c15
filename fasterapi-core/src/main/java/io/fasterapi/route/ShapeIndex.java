package io.fasterapi.route;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An index of path patterns, with one level per segment. It finds the patterns that may match the
 * same requests as a given one without looking at all of them. One thread uses it, at start-up.
 *
 * @param <T> the element of each pattern
 */
public final class ShapeIndex<T> {

    private final Map<String, ShapeIndex<T>> literals = new HashMap<>();
    private final List<T> ends = new ArrayList<>(1);
    private final List<T> rests = new ArrayList<>(0);
    private @Nullable ShapeIndex<T> others;

    /** Adds a pattern. */
    public void add(PathShape shape, T element) {
        ShapeIndex<T> node = this;
        for (PathShape.Segment segment : shape.segments()) {
            node = segment.isLiteral() ? node.below(segment.text()) : node.belowOthers();
        }
        (shape.rest() ? node.rests : node.ends).add(element);
    }

    private ShapeIndex<T> below(String literal) {
        return literals.computeIfAbsent(literal, unused -> new ShapeIndex<>());
    }

    private ShapeIndex<T> belowOthers() {
        if (others == null) {
            others = new ShapeIndex<>();
        }
        return others;
    }

    /**
     * Returns the elements of all patterns that {@link PathShape#overlaps overlap} the given one.
     */
    public List<T> overlapping(PathShape shape) {
        List<T> found = new ArrayList<>();
        collect(shape, 0, found);
        return found;
    }

    private void collect(PathShape shape, int depth, List<T> found) {
        found.addAll(rests);
        List<PathShape.Segment> segments = shape.segments();
        if (depth == segments.size()) {
            found.addAll(ends);
            if (shape.rest()) {
                collectBelow(found);
            }
            return;
        }
        PathShape.Segment segment = segments.get(depth);
        if (others != null) {
            others.collect(shape, depth + 1, found);
        }
        if (!segment.isLiteral()) {
            literals.values().forEach(node -> node.collect(shape, depth + 1, found));
            return;
        }
        ShapeIndex<T> same = literals.get(segment.text());
        if (same != null) {
            same.collect(shape, depth + 1, found);
        }
    }

    private void collectBelow(List<T> found) {
        List<ShapeIndex<T>> nodes = new ArrayList<>(literals.values());
        if (others != null) {
            nodes.add(others);
        }
        for (ShapeIndex<T> node : nodes) {
            found.addAll(node.ends);
            found.addAll(node.rests);
            node.collectBelow(found);
        }
    }
}
