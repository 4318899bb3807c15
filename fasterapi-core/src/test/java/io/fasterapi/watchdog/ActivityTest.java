package io.fasterapi.watchdog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class ActivityTest {

    private final Activity activity = new Activity();

    @Test
    void everyBeginningAndEveryEndIsANewMark() {
        activity.attach();
        long atRest = activity.mark();
        assertThat(Activity.isRunning(atRest)).isFalse();

        assertThat(activity.begin("outer")).isNull();
        long outer = activity.mark();
        assertThat(Activity.isRunning(outer)).isTrue();
        assertThat(activity.route()).isEqualTo("outer");

        Object around = activity.begin("inner");
        long inner = activity.mark();
        assertThat(Activity.isRunning(inner)).isTrue();
        assertThat(activity.route()).isEqualTo("inner");

        activity.end(around);
        long outerAgain = activity.mark();
        assertThat(Activity.isRunning(outerAgain)).isTrue();
        assertThat(activity.route()).isEqualTo("outer");

        activity.end(null);
        long end = activity.mark();
        assertThat(Activity.isRunning(end)).isFalse();
        assertThat(new long[] {atRest, outer, inner, outerAgain, end}).doesNotHaveDuplicates();
    }

    @Test
    void aSignOfLifeIsANewMarkAndChangesNothingElse() {
        activity.attach();
        long atRest = activity.mark();
        activity.pass();
        assertThat(activity.mark()).isNotEqualTo(atRest);
        assertThat(Activity.isRunning(activity.mark())).isFalse();

        activity.begin("it");
        long running = activity.mark();
        activity.pass();
        assertThat(activity.mark()).isNotEqualTo(running);
        assertThat(Activity.isRunning(activity.mark())).isTrue();
    }

    @Test
    void theRunningCallOfTheThreadCanBeRenamed() {
        activity.attach();
        assertThat(Activity.current()).isSameAs(activity);
        Activity.rename("nothing runs");
        assertThat(activity.route()).isNull();

        activity.begin("unknown");
        long mark = activity.mark();
        Activity.rename("known");
        assertThat(activity.route()).isEqualTo("known");
        assertThat(activity.mark()).isEqualTo(mark);
    }

    @Test
    void eachThreadHasItsOwn() throws InterruptedException {
        Activity mine = Activity.current();
        Activity[] other = new Activity[1];
        Thread thread = new Thread(() -> other[0] = Activity.current());
        thread.start();
        thread.join();

        assertThat(Activity.current()).isSameAs(mine);
        assertThat(mine.thread()).isSameAs(Thread.currentThread());
        assertThat(other[0]).isNotSameAs(mine);
        assertThat(other[0].thread()).isSameAs(thread);
    }

    @Test
    void anotherThreadMayNotBegin() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> activity.begin("never attached"))
                .withMessageContaining("not on its thread");
    }
}
