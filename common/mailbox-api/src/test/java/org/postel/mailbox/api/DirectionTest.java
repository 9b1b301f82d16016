package org.postel.mailbox.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which package may know which, and why. */
@AnalyzeClasses(packages = "org.postel.mailbox.api", importOptions = ImportOption.DoNotIncludeTests.class)
class DirectionTest {

    /** Every service carries this library: what it brings, all of them get. */
    @ArchTest
    static final ArchRule noFrameworkAndNoServiceOfOurs = classes().should().onlyDependOnClassesThat().resideInAnyPackage(
            "org.postel.mailbox.api..", "java..", "io.grpc..", "io.netty.channel..", "com.google..", "org.roaringbitmap..", "com.github.benmanes.caffeine..",
            "org.jboss.logging..", "org.postel.tracing");

    /** The messages are generated from the contract and know nothing of how they are sent or folded. */
    @ArchTest
    static final ArchRule messagesStandAlone = noClasses().that().resideInAPackage("..api.v1..")
            .should().dependOnClassesThat().resideInAPackage("org.postel.mailbox.api");
}
