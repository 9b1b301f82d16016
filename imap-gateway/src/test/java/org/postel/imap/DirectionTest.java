package org.postel.imap;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which package may know which: what is pure stays testable with {@code new}, and what is foreign can be replaced. */
@AnalyzeClasses(packages = "org.postel.imap", importOptions = ImportOption.DoNotIncludeTests.class)
class DirectionTest {

    @ArchTest
    static final ArchRule SYNTAX_KNOWS_NOBODY = classes().that().resideInAPackage("..imap.syntax..")
            .should().onlyDependOnClassesThat().resideInAnyPackage("org.postel.imap.syntax..", "org.postel.mailbox.api.v1..",
                    "com.google.protobuf..", "java..")
            .because("octets and commands are values: a parser that can reach the world cannot be fuzzed");

    @ArchTest
    static final ArchRule SESSION_IS_PURE = classes().that().resideInAPackage("..imap.session..")
            .should().onlyDependOnClassesThat().resideInAnyPackage("org.postel.imap.session..", "org.postel.imap.syntax..",
                    "org.postel.mailbox.api..", "com.google.protobuf..", "org.roaringbitmap..", "java..")
            .because("what a client was told is decided without I/O, so that it can be tested against a model");

    @ArchTest
    static final ArchRule SYNTAX_AND_SESSION_OPEN_NOTHING = noClasses()
            .that().resideInAnyPackage("..imap.syntax..", "..imap.session..")
            .should().dependOnClassesThat().resideInAnyPackage("java.net..", "java.nio.channels..", "java.nio.file..")
            .because("they do no I/O");

    @ArchTest
    static final ArchRule COMMANDS_KNOW_INTERFACES = noClasses().that().resideInAPackage("..imap.command..")
            .should().dependOnClassesThat().resideInAnyPackage("..imap.backend..", "..imap.server..", "io.grpc..",
                    "org.apache.kafka..", "io.vertx..", "io.quarkus..", "jakarta..")
            .because("a verb asks interfaces it owns, so it runs in a test with fakes");

    @ArchTest
    static final ArchRule BACKENDS_ARE_ADAPTERS = noClasses().that().resideInAPackage("..imap.backend..")
            .should().dependOnClassesThat().resideInAnyPackage("..imap.server..", "io.vertx..", "io.quarkus..", "jakarta..")
            .because("only the edge knows the framework");

    @ArchTest
    static final ArchRule ONLY_BACKENDS_KNOW_KAFKA = noClasses().that().resideOutsideOfPackage("..imap.backend..")
            .should().dependOnClassesThat().resideInAnyPackage("org.apache.kafka..", "org.postel.queue..")
            .because("where news comes from is one package's business");
}
