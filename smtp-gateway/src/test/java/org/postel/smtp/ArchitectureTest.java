package org.postel.smtp;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which way the packages point, and why. */
@AnalyzeClasses(packages = "org.postel.smtp", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule SYNTAX_IS_ALONE = classes().that().resideInAPackage("..smtp.syntax..")
        .should().onlyDependOnClassesThat().resideInAnyPackage("org.postel.smtp.syntax", "org.postel.mail", "org.postel.mail.dsn", "java..")
        .because("what is on the wire can be read and tested without anything that runs");

    @ArchTest
    static final ArchRule SESSION_IS_PURE = classes().that().resideInAPackage("..smtp.session..")
        .should().onlyDependOnClassesThat().resideInAnyPackage("org.postel.smtp.session", "org.postel.smtp.syntax", "org.postel.mail", "java..")
        .because("a transition that could ask somebody could not be tested for every pair of state and verb");

    @ArchTest
    static final ArchRule COMMANDS_OWN_THEIR_INTERFACES = noClasses().that().resideInAPackage("..smtp.command..")
        .should().dependOnClassesThat().resideInAnyPackage("..smtp.policy..", "..smtp.rate..", "..smtp.trust..", "..smtp.filter..", "..smtp.backend..", "..smtp.server..", "io.vertx..",
            "io.quarkus..", "org.apache.kafka..", "io.grpc..", "org.postel.queue..", "org.postel.mailbox..")
        .because("a verb says what it needs; who provides it can change");

    @ArchTest
    static final ArchRule POLICY_HAS_NO_SOCKETS = noClasses().that().resideInAPackage("..smtp.policy..")
        .should().dependOnClassesThat().resideInAnyPackage("..smtp.backend..", "..smtp.server..", "org.postel.wire..", "io.vertx..", "io.quarkus..",
            "java.net..", "java.io..")
        .because("rules are decided on values");

    @ArchTest
    static final ArchRule TRUST_ASKS_DNS_ONLY = classes().that().resideInAPackage("..smtp.trust..")
        .should().onlyDependOnClassesThat().resideInAnyPackage("..smtp.trust..", "..smtp.command..", "..smtp.session..", "..smtp.syntax..",
            "org.postel.mail..", "org.postel.trust..", "java..")
        .because("what is believed of a mail depends on the mail and on DNS");

    @ArchTest
    static final ArchRule FILTERS_KNOW_NO_SERVICE_OF_OURS = classes().that().resideInAPackage("..smtp.filter..")
        .should().onlyDependOnClassesThat().resideInAnyPackage("..smtp.filter..", "..smtp.command..", "..smtp.session..", "..smtp.syntax..",
            "org.postel.mail..", "org.postel.trust.dns..", "org.postel.wire", "com.fasterxml.jackson.core..", "org.jboss.logging..", "java..")
        .because("what an operator adds can be left out");

    @ArchTest
    static final ArchRule RATES_ARE_COUNTED_IN_MEMORY = classes().that().resideInAPackage("..smtp.rate..")
        .should().onlyDependOnClassesThat().resideInAnyPackage("..smtp.rate..", "..smtp.command..", "..smtp.syntax..", "org.postel.clients", "java..")
        .because("what is counted is asked for with each recipient");

    @ArchTest
    static final ArchRule ONLY_BACKEND_KNOWS_THE_SERVICES = noClasses().that().resideOutsideOfPackages("..smtp.backend..", "..smtp.server..")
        .should().dependOnClassesThat().resideInAnyPackage("org.postel.queue..", "org.postel.mailbox..", "org.apache.kafka..", "io.grpc..", "com.google.protobuf..")
        .because("a change of a contract must touch one package");

    @ArchTest
    static final ArchRule ONLY_SERVER_KNOWS_THE_FRAMEWORK = noClasses().that().resideOutsideOfPackage("..smtp.server..")
        .should().dependOnClassesThat().resideInAnyPackage("io.quarkus..", "io.vertx..", "jakarta..", "io.smallrye..", "io.micrometer..")
        .because("protocol code must run in a test with new");
}
