package org.postel.mailbox.setup;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The direction of the store's packages: setup, then intake, search and tree, then store, then content, then cassandra; threads know nobody. */
@AnalyzeClasses(packages = "org.postel.mailbox", importOptions = ImportOption.DoNotIncludeTests.class)
class StorePackagesTest {

    private static final String[] OTHERS = {"..mailbox.rpc..", "..mailbox.server..", "..mailbox.admin..", "..mailbox.directory..",
        "..mailbox.identity..", "..mailbox.lease..", "..mailbox.password..", "..mailbox.events..", "..mailbox.transit.."};

    @ArchTest
    static final ArchRule THE_STORE_KNOWS_NO_SERVICE = noClasses().that()
            .resideInAnyPackage("..mailbox.storage..", "..mailbox.store..", "..mailbox.tree..", "..mailbox.content..", "..mailbox.intake..",
                    "..mailbox.search..", "..mailbox.metadata..", "..mailbox.cassandra..", "..mailbox.setup..")
            .should().dependOnClassesThat().resideInAnyPackage(OTHERS)
            .because("the account was authenticated before a call comes here: the store must run and be tested without identities");

    @ArchTest
    static final ArchRule THE_INTERFACES_KNOW_NO_IMPLEMENTATION = noClasses().that().resideInAPackage("..mailbox.storage..")
            .should().dependOnClassesThat().resideInAnyPackage("..mailbox.store..", "..mailbox.tree..", "..mailbox.content..",
                    "..mailbox.intake..", "..mailbox.search..", "..mailbox.cassandra..", "..mailbox.setup..", "com.datastax..")
            .because("the services in front are tested against fakes of these interfaces");

    @ArchTest
    static final ArchRule LOGS_KNOW_NOT_WHO_USES_THEM = noClasses().that().resideInAPackage("..mailbox.store..")
            .should().dependOnClassesThat().resideInAnyPackage("..mailbox.tree..", "..mailbox.intake..", "..mailbox.search..", "..mailbox.setup..")
            .because("one mailbox is one log, whatever its name and however mail came into it");

    @ArchTest
    static final ArchRule CONTENT_KNOWS_NO_MAILBOX = noClasses().that().resideInAPackage("..mailbox.content..")
            .should().dependOnClassesThat().resideInAnyPackage("..mailbox.store..", "..mailbox.tree..", "..mailbox.intake..", "..mailbox.search..")
            .because("content is shared by mailboxes: it counts links and does not ask what they are");

    @ArchTest
    static final ArchRule THREADS_ARE_PURE = noClasses().that().resideInAPackage("..mailbox.thread..")
            .should().dependOnClassesThat().resideInAnyPackage("..mailbox.store..", "..mailbox.storage..", "..mailbox.search..", "..mailbox.api..",
                    "..mailbox.setup..", "com.datastax..")
            .because("threads are made of what is asked of messages, wherever that is kept");

    @ArchTest
    static final ArchRule THE_TABLES_ARE_BEHIND_THREE_PACKAGES = noClasses().that()
            .resideInAnyPackage("..mailbox.intake..", "..mailbox.search..")
            .should().dependOnClassesThat().resideInAnyPackage("com.datastax..", "..mailbox.cassandra..")
            .because("what must be conditional is decided where the tables are: in store, tree and content");
}
