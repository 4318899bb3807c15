package io.fasterapi.autoconfigure;

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
import java.nio.file.Path;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The imports that the design allows: lanes know no wiring. Empty packages are fine. */
class ArchitectureWiringTest {

    private static final JavaClasses MODULE =
            new ClassFileImporter()
                    .importPath(Path.of(System.getProperty("basedir", ""), "target/classes"));

    @Test
    void packagesAreFreeOfCycles() {
        check(slices().matching("io.fasterapi.(**)").should().beFreeOfCycles());
        check(slices().matching("io.fasterapi.(*)..").should().beFreeOfCycles());
    }

    @Test
    void lanesDoNotDependOnWiring() {
        check(
                noClasses()
                        .that()
                        .resideInAPackage("io.fasterapi.spring..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("io.fasterapi.autoconfigure.."));
    }

    @Test
    void ringsStayInTheCore() {
        check(noClasses().should().dependOnClassesThat().resideInAPackage("com.lmax.."));
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
        assertThat(MODULE).as("classes of the module").hasSizeGreaterThan(100);
        rule.allowEmptyShould(true).check(MODULE);
    }
}
