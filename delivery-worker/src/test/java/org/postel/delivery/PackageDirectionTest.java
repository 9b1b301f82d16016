package org.postel.delivery;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which package may know which. */
@AnalyzeClasses(packages = "org.postel.delivery", importOptions = ImportOption.DoNotIncludeTests.class)
class PackageDirectionTest {

    /** The stages decide, the adapters obey: so a stage runs in a test with fakes, and an adapter can be changed alone. */
    @ArchTest
    static final ArchRule STAGES_KNOW_NO_ADAPTER = layeredArchitecture().consideringOnlyDependenciesInLayers()
            .layer("server").definedBy("..delivery.server..")
            .layer("adapters").definedBy("..delivery.backend..", "..delivery.dns..", "..delivery.sts..", "..delivery.bounce..",
                    "..delivery.sign..", "..delivery.vacation..")
            .layer("stages").definedBy("..delivery.route..", "..delivery.relay..")
            .layer("smtp").definedBy("..delivery.smtp..")
            .layer("outcome").definedBy("..delivery.outcome..")
            .whereLayer("server").mayNotBeAccessedByAnyLayer()
            .whereLayer("adapters").mayOnlyBeAccessedByLayers("server")
            .whereLayer("stages").mayOnlyBeAccessedByLayers("server", "adapters")
            .whereLayer("smtp").mayOnlyBeAccessedByLayers("stages", "adapters", "server");

    /** Routing and relaying are told apart so that either can be changed, and scaled, without the other. */
    @ArchTest
    static final ArchRule STAGES_KNOW_NOT_EACH_OTHER = noClasses().that().resideInAPackage("..delivery.route..")
            .should().dependOnClassesThat().resideInAPackage("..delivery.relay..");

    /** The client speaks a protocol; queues and mailboxes are nothing to it. */
    @ArchTest
    static final ArchRule SMTP_KNOWS_NOTHING_OF_POSTEL = noClasses().that().resideInAPackage("..delivery.smtp..")
            .should().dependOnClassesThat().resideInAnyPackage("org.postel.queue..", "org.postel.mailbox..", "org.postel.mail..");

    /** Frameworks stay at the edge: everything else is used with new. */
    @ArchTest
    static final ArchRule QUARKUS_ONLY_IN_SERVER = noClasses().that().resideOutsideOfPackage("..delivery.server..")
            .should().dependOnClassesThat().resideInAnyPackage("io.quarkus..", "jakarta.enterprise..", "jakarta.inject..");
}
