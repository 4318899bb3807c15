package io.fasterapi.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Sinks;

/** Groups that clients make up: none is kept longer than it has something to do. */
class BatchLanesTest {

    private static final int CALLERS = 10_000;

    private final Queue<Runnable> worker = new ConcurrentLinkedQueue<>();

    /** A group, and the item in it: an object of its own, so that it can be seen to go. */
    private static final class Item {}

    private Batcher<Item, Object> batcher(BatchOptions options) {
        return Batcher.create(
                "lanes",
                options,
                BatchFunction.ofMono(items -> Sinks.<List<Object>>one().asMono()),
                item -> item,
                (placement, group) -> worker::add);
    }

    /** Waiting for others, with a timer, or behind a worker that has not come yet. */
    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT0S"})
    void tenThousandCallersWithGroupsOfTheirOwnThatHangUpLeaveNothing(Duration maxWait) {
        Batcher<Item, Object> batcher =
                batcher(BatchOptions.defaults().withMaxWait(maxWait).withMaxQueue(CALLERS));
        List<WeakReference<Item>> items = new ArrayList<>(CALLERS);
        for (int i = 0; i < CALLERS; i++) {
            items.add(comesAndGoes(batcher));
        }
        work();

        assertThat(batcher.groups()).isZero();
        assertThat(batcher.counters().queued()).isZero();
        assertThat(batcher.counters().cancelled()).isEqualTo(CALLERS);
        gone(items);
    }

    /** All of them wait at the same time. */
    @Test
    void tenThousandGroupsAtATimeLeaveNothing() {
        Batcher<Item, Object> batcher =
                batcher(
                        BatchOptions.defaults()
                                .withMaxWait(Duration.ofHours(1))
                                .withMaxQueue(CALLERS));
        List<WeakReference<Item>> items = allWaitAndGo(batcher);

        assertThat(batcher.groups()).isZero();
        assertThat(batcher.counters().queued()).isZero();
        gone(items);
    }

    private static List<WeakReference<Item>> allWaitAndGo(Batcher<Item, Object> batcher) {
        List<WeakReference<Item>> items = new ArrayList<>(CALLERS);
        List<reactor.core.Disposable> callers = new ArrayList<>(CALLERS);
        for (int i = 0; i < CALLERS; i++) {
            Item item = new Item();
            items.add(new WeakReference<>(item));
            callers.add(batcher.submit(item).subscribe());
        }
        assertThat(batcher.groups()).isEqualTo(CALLERS);
        assertThat(batcher.counters().queued()).isEqualTo(CALLERS);
        callers.forEach(reactor.core.Disposable::dispose);
        return items;
    }

    /** One that stays must not keep those that come and go beside it. */
    @Test
    void aGroupKeepsNoMoreThanTwiceWhatWaits() {
        Batcher<Item, Object> batcher =
                Batcher.create(
                        "lanes",
                        BatchOptions.defaults().withMaxWait(Duration.ofHours(1)),
                        BatchFunction.ofMono(items -> Sinks.<List<Object>>one().asMono()),
                        item -> "one group",
                        (placement, group) -> worker::add);
        reactor.core.Disposable stays = batcher.submit(new Item()).subscribe();
        List<WeakReference<Item>> items = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            items.add(comesAndGoes(batcher));
        }
        await().untilAsserted(
                        () -> {
                            System.gc();
                            assertThat(items)
                                    .filteredOn(item -> item.get() != null)
                                    .hasSizeLessThanOrEqualTo(1);
                        });
        assertThat(batcher.groups()).isEqualTo(1);
        stays.dispose();
        assertThat(batcher.groups()).isZero();
    }

    /** The caller goes before its item has come to a lane. */
    @Test
    void aCallerThatGoesAtOnceLeavesNothing() {
        Batcher<Item, Object> batcher =
                batcher(BatchOptions.defaults().withMaxWait(Duration.ofHours(1)));
        batcher.submit(new Item())
                .subscribe(
                        new BaseSubscriber<>() {
                            @Override
                            protected void hookOnSubscribe(Subscription subscription) {
                                subscription.cancel();
                            }
                        });

        assertThat(batcher.groups()).isZero();
        assertThat(batcher.counters().queued()).isZero();
        assertThat(batcher.counters().cancelled()).isEqualTo(1);
    }

    /** A lane that was given up must not take its timer along: the group comes again. */
    @Test
    void aGroupThatComesAgainIsTimedAgain() {
        List<Object> answers = new CopyOnWriteArrayList<>();
        Batcher<String, String> batcher =
                Batcher.create(
                        "lanes",
                        BatchOptions.defaults().withMaxWait(Duration.ofMillis(5)),
                        BatchFunction.ofList(items -> items),
                        item -> "one group",
                        (placement, group) -> Runnable::run);
        for (int i = 0; i < 20; i++) {
            batcher.submit("gone").subscribe().dispose();
            batcher.submit("stays " + i).subscribe(answers::add);
            int count = i + 1;
            await().until(() -> answers.size() == count);
        }
        await().until(() -> batcher.groups() == 0);
    }

    private void work() {
        Runnable task;
        while ((task = worker.poll()) != null) {
            task.run();
        }
    }

    private static void gone(List<WeakReference<Item>> items) {
        await().untilAsserted(
                        () -> {
                            System.gc();
                            assertThat(items).allMatch(item -> item.get() == null);
                        });
    }

    private static WeakReference<Item> comesAndGoes(Batcher<Item, Object> batcher) {
        Item item = new Item();
        batcher.submit(item).subscribe().dispose();
        return new WeakReference<>(item);
    }
}
