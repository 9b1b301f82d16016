package org.postel.login;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.postel.login", importOptions = ImportOption.DoNotIncludeTests.class)
class DirectionTest {

    @ArchTest
    static final ArchRule mechanismsAndTheServiceOnly = classes().should()
            .onlyDependOnClassesThat().resideInAnyPackage("java..", "org.jboss.logging..", "com.google.protobuf..", "org.postel.login..",
                    "org.postel.wire.sasl..", "org.postel.mailbox.api..")
            .because("a log-in is the same whatever the protocol and the socket");
}
