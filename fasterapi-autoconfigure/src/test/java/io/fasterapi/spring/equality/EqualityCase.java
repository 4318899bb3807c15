package io.fasterapi.spring.equality;

import java.util.ArrayList;
import java.util.List;

/**
 * One conversation on one connection: what is sent, where the client waits for answers, and how
 * many of them it expects. Text is ISO 8859-1, one character a byte. Built once, then only read.
 */
public final class EqualityCase {

    private final String name;
    private final List<Step> steps = new ArrayList<>();
    private final List<String> methods = new ArrayList<>();
    private int expected = -1;
    private boolean probed = true;
    private boolean pipelined = true;

    private EqualityCase(String name) {
        this.name = name;
    }

    /** An empty conversation. */
    public static EqualityCase named(String name) {
        return new EqualityCase(name);
    }

    /** Sends whole requests in one write; each of them expects one answer. */
    public EqualityCase requests(String... requests) {
        for (String request : requests) {
            methods.add(request.stripLeading().split(" ", 2)[0]);
        }
        steps.add(new Send(String.join("", requests)));
        return this;
    }

    /** Sends bytes as they are, in a write of their own. */
    public EqualityCase bytes(String text) {
        steps.add(new Send(text));
        return this;
    }

    /** Waits until this many answers, 1xx included, have come since the start. */
    public EqualityCase await(int responses) {
        steps.add(new Await(responses));
        return this;
    }

    /** Leaves the connection and opens another one. */
    public EqualityCase reconnect() {
        steps.add(new Reconnect());
        return this;
    }

    /** Ends the client's half of the connection; the server is then expected to end its own. */
    public EqualityCase halfClose() {
        steps.add(new HalfClose());
        return this;
    }

    /** Says how many answers come in all, 1xx included, if not one for each request. */
    public EqualityCase expect(int responses) {
        expected = responses;
        return this;
    }

    /** Leaves after the last expected answer without asking whether the connection is open. */
    public EqualityCase withoutProbe() {
        probed = false;
        return this;
    }

    /** Says that its repetitions must wait for each other's answers. */
    public EqualityCase withoutPipeline() {
        pipelined = false;
        return this;
    }

    public String name() {
        return name;
    }

    List<Step> steps() {
        return List.copyOf(steps);
    }

    int expected() {
        return expected < 0 ? methods.size() : expected;
    }

    boolean isProbed() {
        return probed;
    }

    boolean isPipelined() {
        return pipelined;
    }

    /** Whether it is one whole request, sent at once, and its one answer. */
    boolean isOneRequest() {
        return steps.size() == 1
                && methods.size() == 1
                && expected() == 1
                && probed
                && !text().contains("{session}");
    }

    /** All that is sent, in order. */
    String text() {
        StringBuilder text = new StringBuilder();
        steps.forEach(step -> text.append(step instanceof Send send ? send.text() : ""));
        return text.toString();
    }

    boolean isHalfClosed() {
        return steps.stream().anyMatch(HalfClose.class::isInstance);
    }

    /** Whether the final (not 1xx) answer at this index belongs to a HEAD request. */
    boolean isHead(int index) {
        return index < methods.size() && methods.get(index).equals("HEAD");
    }

    @Override
    public String toString() {
        return name;
    }

    /** What the client does next. */
    sealed interface Step permits Send, Await, Reconnect, HalfClose {}

    /**
     * The text {@code {session}} in it stands for the session id that the server gave, {@code
     * {csrf}} for the token in the last form.
     */
    record Send(String text) implements Step {}

    record Await(int responses) implements Step {}

    record Reconnect() implements Step {}

    record HalfClose() implements Step {}
}
