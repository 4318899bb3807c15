package io.fasterapi.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What others may take out of a slot. */
class SlotTest {

    private final Slot slot = new Slot();

    @Test
    void workThatCannotSayWhetherItIsOrderedStays() {
        Work work =
                new Work() {
                    @Override
                    public boolean isOrdered() {
                        throw new StackOverflowError();
                    }
                };
        slot.put(work, 1, 0);
        assertThat(slot.stealable()).isNull();
        assertThat(slot.take()).isSameAs(work);
    }

    @Test
    void otherWorkIsTakenOnce() {
        Work work = new Work();
        slot.put(work, 1, 0);
        assertThat(slot.stealable()).isSameAs(work);
        assertThat(slot.steal(work)).isTrue();
        assertThat(slot.steal(work)).isFalse();
        assertThat(slot.isWaiting()).isFalse();
        assertThat(slot.isPublished()).isTrue(); // until the core has passed it
        assertThat(slot.take()).isNull();
        assertThat(slot.isPublished()).isFalse();
    }
}
