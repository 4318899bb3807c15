package io.fasterapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.test.TestNames;
import org.junit.jupiter.api.Test;

class TestNamesWiringTest {

    @Test
    void eachTestIsNamedByItsKindOfDoubt() throws Exception {
        assertThat(TestNames.violations()).isEmpty();
    }

    @Test
    void theMutationsNameTestsThatExist() throws Exception {
        assertThat(TestNames.unknownInMutations()).isEmpty();
    }
}
