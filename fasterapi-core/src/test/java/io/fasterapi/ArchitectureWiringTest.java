package io.fasterapi;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The imports that the design allows. Empty packages are fine. */
class ArchitectureWiringTest {

    private static final Path CLASSES =
            Path.of(System.getProperty("basedir", ""), "target/classes");
    private static final JavaClasses CORE = new ClassFileImporter().importPath(CLASSES);

    /** Rules over no classes would hold. */
    @Test
    void theRulesSeeEveryClass() throws IOException {
        try (Stream<Path> files = Files.walk(CLASSES)) {
            assertThat(CORE)
                    .hasSameSizeAs(
                            files.filter(file -> file.toString().endsWith(".class")).toList())
                    .hasSizeGreaterThan(100);
        }
    }

    @Test
    void packagesAreFreeOfCycles() {
        check(slices().matching("io.fasterapi.(**)").should().beFreeOfCycles());
        check(slices().matching("io.fasterapi.(*)..").should().beFreeOfCycles());
    }

    @Test
    void onlyCoreImportsDisruptor() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage("io.fasterapi.core")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("com.lmax.."));
    }

    @Test
    void onlyMetricsImportsMicrometer() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage("io.fasterapi.metrics..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("io.micrometer.."));
    }

    @Test
    void onlyNettyImportsReactorNetty() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage("io.fasterapi.netty..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("reactor.netty.."));
    }

    @Test
    void knowsNeitherSpringNorALoggingFacade() {
        check(
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("org.springframework..", "org.slf4j.."));
    }

    @Test
    void classesAreNamedByWhatTheyAre() {
        check(noClasses().should().haveNameMatching(".*(Manager|Helper|Utils?)"));
    }

    @Test
    void packagesAreNullMarked() {
        check(classes().should().resideInAPackage("io.fasterapi..").andShould(beNullMarked()));
    }

    private static ArchCondition<JavaClass> beNullMarked() {
        return ArchCondition.from(
                DescribedPredicate.describe(
                        "reside in a @NullMarked package (package-info.java)",
                        type -> type.getPackage().isAnnotatedWith(NullMarked.class)));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(CORE);
    }
}
