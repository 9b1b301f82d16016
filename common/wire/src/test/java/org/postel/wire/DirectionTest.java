package org.postel.wire;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.postel.wire", importOptions = ImportOption.DoNotIncludeTests.class)
class DirectionTest {

    @ArchTest
    static final ArchRule sasl = classes().that().resideInAPackage("org.postel.wire.sasl")
            .should().onlyDependOnClassesThat().resideInAnyPackage("java..", "org.postel.wire.sasl")
            .because("who a client is does not depend on how it is connected, and mechanisms are tested without a socket");

    @ArchTest
    static final ArchRule frameworks = noClasses().should().dependOnClassesThat()
            .resideInAnyPackage("io.quarkus..", "jakarta..", "org.postel.mailbox..", "org.postel.queue..")
            .because("a connection runs in a test with new, and knows neither store nor queue");
}
