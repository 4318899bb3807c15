package io.fasterapi.samples.quickstart.compare;

import io.fasterapi.samples.quickstart.compare.SideBySideResult.Range;
import io.fasterapi.samples.quickstart.compare.SideBySideResult.Ratios;
import io.fasterapi.samples.quickstart.compare.SideBySideResult.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The slices of all rounds: this application, and stock twice, so that stock is compared with
 * itself by the same rule. Used by one thread.
 */
final class Series {

    private final List<Slice> fasterapi = new ArrayList<>();
    private final List<Slice> stock = new ArrayList<>();
    private final List<Slice> control = new ArrayList<>();

    /** Adds a round. */
    void add(Slice ours, Slice first, Slice second) {
        fasterapi.add(ours);
        stock.add(first);
        control.add(second);
    }

    int rounds() {
        return fasterapi.size();
    }

    int requests() {
        return fasterapi.stream().mapToInt(slice -> slice.latencies().length).sum();
    }

    Side fasterapi() {
        return side(fasterapi);
    }

    Side stock() {
        return side(Stream.concat(stock.stream(), control.stream()).toList());
    }

    Ratios ratios() {
        double[] ours = new double[rounds()];
        double[] same = new double[rounds()];
        for (int i = 0; i < ours.length; i++) {
            double first = stock.get(i).cpuMicrosPerRequest();
            double second = control.get(i).cpuMicrosPerRequest();
            ours[i] = fasterapi.get(i).cpuMicrosPerRequest() / ((first + second) / 2);
            same[i] = second / first;
        }
        return new Ratios(range(ours), range(same));
    }

    private static Side side(List<Slice> slices) {
        return new Side(
                median(slices.stream().mapToDouble(Slice::cpuMicrosPerRequest).toArray()),
                median(
                        slices.stream()
                                .flatMapToLong(slice -> Arrays.stream(slice.latencies()))
                                .mapToDouble(nanos -> nanos / 1e3)
                                .toArray()));
    }

    private static Range range(double[] values) {
        double middle = median(values);
        return new Range(middle, values[values.length / 4], values[values.length * 3 / 4]);
    }

    /** Sorts the values, too. */
    private static double median(double[] values) {
        Arrays.sort(values);
        int half = values.length / 2;
        return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    }
}
