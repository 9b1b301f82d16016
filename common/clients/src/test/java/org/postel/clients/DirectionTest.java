package org.postel.clients;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.postel.clients", importOptions = ImportOption.DoNotIncludeTests.class)
class DirectionTest {

    @ArchTest
    static final ArchRule connectionsAndTheServiceOnly = classes().should()
            .onlyDependOnClassesThat().resideInAnyPackage("java..", "org.jboss.logging..", "com.google.protobuf..", "com.github.benmanes.caffeine..",
                    "org.postel.clients..", "org.postel.wire", "org.postel.mailbox.api..")
            .because("each connection is counted on the event loop that accepts it, whatever its protocol");
}
