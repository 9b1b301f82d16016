package org.postel.mailbox;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Which package may know which, and why. */
@AnalyzeClasses(packages = "org.postel.mailbox", importOptions = ImportOption.DoNotIncludeTests.class)
class DirectionTest {

    /** A circle of packages can only be understood, and tested, as a whole. */
    @ArchTest
    static final ArchRule noCircles = slices().matching("org.postel.mailbox.(*)..").should().beFreeOfCycles();

    /** Configuration and wiring are at the edge: everything else runs in a test with "new". */
    @ArchTest
    static final ArchRule onlyTheServerPutsTogether = noClasses().that().resideOutsideOfPackage("..mailbox.server..")
            .should().dependOnClassesThat().resideInAPackage("..mailbox.server..");

    /** Beans are wired in one package; the resources of the admin API are found by annotation, so they are the one exception. */
    @ArchTest
    static final ArchRule onlyTheEdgeKnowsCdi = noClasses().that().resideOutsideOfPackages("..mailbox.server..", "..mailbox.admin..")
            .should().dependOnClassesThat().resideInAnyPackage("jakarta.enterprise..", "jakarta.inject..", "jakarta.ws.rs..");

    /** Behind the interfaces of storage the store can be changed, or faked, without anybody noticing. */
    @ArchTest
    static final ArchRule callsKnowTheStoreByItsInterfaces = noClasses().that()
            .resideInAnyPackage("..mailbox.rpc..", "..mailbox.admin..", "..mailbox.directory..", "..mailbox.identity..", "..mailbox.lease..",
                    "..mailbox.password..", "..mailbox.scram..", "..mailbox.events..", "..mailbox.transit..", "..mailbox.authority..", "..mailbox.audit..")
            .should().dependOnClassesThat()
            .resideInAnyPackage("..mailbox.store..", "..mailbox.tree..", "..mailbox.content..", "..mailbox.intake..", "..mailbox.search..",
                    "..mailbox.setup..");

    /** Passwords and tokens are checked by code that can be read alone. */
    @ArchTest
    static final ArchRule passwordsStandAlone = classes().that().resideInAPackage("..mailbox.password..")
            .should().onlyDependOnClassesThat().resideInAnyPackage("..mailbox.password..", "java..", "javax.crypto..", "org.bouncycastle..",
                    "com.github.benmanes.caffeine..", "com.nulabinc.zxcvbn..");

    /** SCRAM is computed by code that can be read alone; whose keys they are is the directory's matter. */
    @ArchTest
    static final ArchRule scramStandsAlone = classes().that().resideInAPackage("..mailbox.scram..")
            .should().onlyDependOnClassesThat().resideInAnyPackage("..mailbox.scram..", "java..", "javax.crypto..", "com.ongres..");

    /** Octets of a secret are compared by MessageDigest.isEqual, in a time that does not tell how many of them were right (SAFETY row 22). */
    @ArchTest
    static final ArchRule secretsAreComparedInConstantTime = noClasses().that()
            .resideInAnyPackage("..mailbox.password..", "..mailbox.scram..", "..mailbox.identity..", "..mailbox.signin..", "..mailbox.openid..",
                    "..mailbox.directory..", "..mailbox.authority..")
            .should().callMethod(Arrays.class, "equals", byte[].class, byte[].class).orShould().callMethod(Arrays.class, "compare", byte[].class, byte[].class)
            .orShould().callMethod(Arrays.class, "mismatch", byte[].class, byte[].class);

    /** None of those that compare a secret stops doing it so (SAFETY row 22); who compares one anew is added here. */
    @ArchTest
    static void theseCompareInConstantTime(JavaClasses all) {
        assertEquals(Set.of("Argon2Hash", "AppPasswords", "SenderRewriting", "ScramKeys", "ScramSecret", "ScramExchange", "IdTokens", "BegunSignIn", "SignedIn"),
            all.stream().filter(DirectionTest::comparesInConstantTime).map(JavaClass::getSimpleName).collect(Collectors.toSet()));
    }

    private static boolean comparesInConstantTime(JavaClass type) {
        return type.getMethodCallsFromSelf().stream().anyMatch(call -> call.getTargetOwner().isEquivalentTo(MessageDigest.class) && call.getName().equals("isEqual"));
    }

    /** What is told of mail on its way is a view of the queue: no mailbox, no login and no call knows it, and it knows none of them. */
    @ArchTest
    static final ArchRule mailOnItsWayStandsAlone = classes().that().resideInAPackage("..mailbox.transit..")
            .should().onlyDependOnClassesThat().resideInAnyPackage("..mailbox.transit..", "..mailbox.cassandra..", "..mailbox.storage..", "java..",
                    "org.postel.queue..", "org.postel.mail", "com.datastax..", "com.google.protobuf..", "org.apache.kafka..", "io.micrometer..",
                    "org.jboss.logging..");

    /** What administrators did is written down by code that decides nothing. */
    @ArchTest
    static final ArchRule theAuditLogStandsAlone = classes().that().resideInAPackage("..mailbox.audit..")
            .should().onlyDependOnClassesThat().resideInAnyPackage("..mailbox.audit..", "..mailbox.cassandra..", "..mailbox.storage..", "java..", "com.datastax..");

    /** Who administers what is decided by code that knows no HTTP: pages and API ask the same. */
    @ArchTest
    static final ArchRule authorityStandsAlone = classes().that().resideInAPackage("..mailbox.authority..")
            .should().onlyDependOnClassesThat().resideInAnyPackage("..mailbox.authority..", "..mailbox.directory..", "..mailbox.identity..",
                    "..mailbox.cassandra..", "..mailbox.storage..", "java..", "com.datastax..", "com.github.benmanes.caffeine..", "org.jboss.logging..");

    /** API and console share what administrators do; neither knows the other, and what they share knows no way in. */
    @ArchTest
    static final ArchRule theDeskKnowsNoWayIn = noClasses().that().resideInAPackage("..mailbox.desk..")
            .should().dependOnClassesThat().resideInAnyPackage("..mailbox.admin..", "..mailbox.console..", "..mailbox.page..", "jakarta..", "io.vertx..");

    /** The console changes what the API does, by the same operations, and mail is out of its reach too. */
    @ArchTest
    static final ArchRule theConsoleDoesNotReachMail = noClasses().that().resideInAPackage("..mailbox.console..")
            .should().dependOnClassesThat().resideInAnyPackage("..mailbox.admin..", "..mailbox.rpc..", "..mailbox.cassandra..", "..mailbox.store..",
                    "..mailbox.tree..", "..mailbox.content..", "..mailbox.intake..", "..mailbox.search..", "..mailbox.setup..");

    /** Who may use whose mailbox is decided by code that can be read alone, from what the trees say. */
    @ArchTest
    static final ArchRule rightsAreDecidedInOnePlace = classes().that().resideInAPackage("..mailbox.sharing..")
            .should().onlyDependOnClassesThat().resideInAnyPackage("..mailbox.sharing..", "..mailbox.storage..", "java..", "org.postel.mailbox.api.v1..",
                    "com.google.protobuf..");

    /** An operator's request meets the directory; mail is out of its reach. */
    @ArchTest
    static final ArchRule theAdminApiDoesNotReachMail = noClasses().that().resideInAPackage("..mailbox.admin..")
            .should().dependOnClassesThat().resideInAnyPackage("..mailbox.rpc..", "..mailbox.cassandra..");
}
