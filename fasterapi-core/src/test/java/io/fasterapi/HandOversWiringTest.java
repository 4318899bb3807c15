package io.fasterapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.fasterapi.test.HandOver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Where the code calls what may throw anything while something is on its way: each such place names
 * the fault that the tests throw there. A new one fails this test until it has one.
 */
class HandOversWiringTest {

    private static final Path LIST =
            Path.of(System.getProperty("basedir", ""), "src/test/resources/hand-overs.txt");

    private static final List<String> PACKAGES =
            List.of("core", "batch", "netty", "admission", "placement", "stream");

    /** What is called there: an interface's method behind which somebody else's code is. */
    private static final Set<String> SEAMS =
            Set.of(
                    "EventLoop.execute",
                    "EventLoop.schedule",
                    "Executor.execute",
                    "Scheduler.schedule",
                    "CoreTask.run",
                    "CoreTask.abort",
                    "CoreTask.giveUp",
                    "CoreTask.route",
                    "CoreTask.isOrdered",
                    "CoreTask.placement",
                    "CoreTask.isEssential",
                    "LoopReturn.onLoop",
                    "Runnable.run",
                    "Consumer.accept",
                    "BiConsumer.accept",
                    "Function.apply",
                    "Supplier.get",
                    "BatchFunction.call",
                    "BatchWorkers.workerOf",
                    "Mono.subscribe",
                    "Publisher.subscribe",
                    "Subscription.cancel",
                    "Subscription.request",
                    "CoreSubscriber.onSubscribe",
                    "CoreSubscriber.onNext",
                    "CoreSubscriber.onError",
                    "CoreSubscriber.onComplete",
                    "FastHandler.handle",
                    "ShardKey.keyOf",
                    "RouteCondition.takes",
                    "RouteRecorder.record",
                    "RouteRecorder.active",
                    "FailureAnswer.answer",
                    "FailureAnswer.records",
                    "ConcurrencyLimit.now",
                    "ConcurrencyLimit.isLearning",
                    "ConcurrencyLimit.ended",
                    "EarlyDoor.judge",
                    "EarlyDoor.open",
                    "EarlyCall.begin",
                    "EarlyCall.isAnswered",
                    "EarlyCall.end",
                    "EarlyCall.abandon",
                    "Flux.subscribe",
                    "DeferredSubscription.request",
                    "DeferredSubscription.cancel",
                    "HandOver.cancel",
                    "HopTarget.execute",
                    "HopTarget.ask");

    private static Set<String> inTheCode() {
        JavaClasses classes =
                new ClassFileImporter()
                        .importPath(Path.of(System.getProperty("basedir", ""), "target/classes"));
        Set<String> found = new TreeSet<>();
        for (JavaClass type : classes) {
            if (PACKAGES.stream().noneMatch(name -> type.getPackageName().endsWith('.' + name))) {
                continue;
            }
            Stream.concat(
                            type.getMethodCallsFromSelf().stream(),
                            type.getMethodReferencesFromSelf().stream())
                    .filter(call -> SEAMS.contains(seam(call)))
                    .forEach(call -> found.add(site(call) + " -> " + seam(call)));
        }
        return found;
    }

    private static String seam(JavaCodeUnitAccess<?> call) {
        return call.getTargetOwner().getSimpleName() + '.' + call.getTarget().getName();
    }

    private static String site(JavaCodeUnitAccess<?> call) {
        String owner = call.getOriginOwner().getName();
        return owner.substring(owner.lastIndexOf('.') + 1) + '.' + call.getOrigin().getName();
    }

    private static Map<String, String> listed() throws IOException {
        Map<String, String> listed = new TreeMap<>();
        for (String line : Files.readAllLines(LIST)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                int at = line.lastIndexOf(" : ");
                listed.put(line.substring(0, at).strip(), line.substring(at + 3).strip());
            }
        }
        return listed;
    }

    @Test
    void eachPlaceInTheCodeIsListed() throws IOException {
        assertThat(listed().keySet()).containsExactlyElementsOf(inTheCode());
    }

    /** Or says in a sentence why nothing is on its way there. */
    @Test
    void eachListedPlaceNamesTheFaultThatIsThrownThere() throws IOException {
        Set<String> known =
                Arrays.stream(HandOver.values()).map(Enum::name).collect(Collectors.toSet());
        assertThat(listed())
                .allSatisfy(
                        (site, faults) -> {
                            if (!faults.startsWith("- ")) {
                                assertThat(known).containsAll(List.of(faults.split(", ")));
                            }
                        });
        Set<String> used =
                listed().values().stream()
                        .filter(faults -> !faults.startsWith("- "))
                        .flatMap(faults -> Stream.of(faults.split(", ")))
                        .collect(Collectors.toSet());
        assertThat(used).containsExactlyInAnyOrderElementsOf(known);
    }
}
