package org.postel.pop3;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.postel.pop3", importOptions = ImportOption.DoNotIncludeTests.class)
class DirectionTest {

    @ArchTest
    static final ArchRule syntax = classes().that().resideInAPackage("..syntax")
            .should().onlyDependOnClassesThat().resideInAnyPackage("java..", "..pop3.syntax")
            .because("the wire format is read and tested without anything else");

    @ArchTest
    static final ArchRule session = classes().that().resideInAPackage("..session")
            .should().onlyDependOnClassesThat().resideInAnyPackage("java..", "..pop3.syntax", "..pop3.session")
            .because("the transitions are pure: a table test covers each state and command");

    @ArchTest
    static final ArchRule command = classes().that().resideInAPackage("..command")
            .should().onlyDependOnClassesThat().resideInAnyPackage("java..", "org.jboss.logging..", "org.postel.wire..",
                    "..pop3.syntax", "..pop3.session", "..pop3.command")
            .because("commands run in a test over fakes, without a store or a framework");

    @ArchTest
    static final ArchRule backend = noClasses().that().resideOutsideOfPackages("..backend", "..server")
            .should().dependOnClassesThat().resideInAnyPackage("org.postel.mailbox..", "io.grpc..", "com.google.protobuf..")
            .because("only the adapters know what is behind them");

    @ArchTest
    static final ArchRule server = noClasses().that().resideOutsideOfPackage("..server")
            .should().dependOnClassesThat().resideInAnyPackage("io.quarkus..", "io.vertx..", "jakarta..", "io.smallrye..", "..pop3.server")
            .because("frameworks stay at the edge");
}
