package org.postel.trust;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which package may know which, and why. */
@AnalyzeClasses(packages = "org.postel.trust", importOptions = ImportOption.DoNotIncludeTests.class)
class DirectionTest {

    @ArchTest
    static final ArchRule DNS_STANDS_ALONE = classes().that().resideInAPackage("org.postel.trust.dns")
        .should().onlyDependOnClassesThat().resideInAnyPackage("java..", "org.xbill.DNS..", "com.github.benmanes.caffeine.cache", "org.postel.trust.dns")
        .because("who answers can be replaced without a protocol noticing");

    @ArchTest
    static final ArchRule SPF_KNOWS_QUESTIONS_ONLY = classes().that().resideInAPackage("org.postel.trust.spf")
        .should().onlyDependOnClassesThat().resideInAnyPackage("java..", "org.postel.trust.dns", "org.postel.trust.spf")
        .because("the published vectors run against it without a network");

    @ArchTest
    static final ArchRule DKIM_KNOWS_QUESTIONS_ONLY = classes().that().resideInAPackage("org.postel.trust.dkim")
        .should().onlyDependOnClassesThat().resideInAnyPackage("java..", "org.postel.mail", "org.postel.trust.dns", "org.postel.trust.message",
            "org.postel.trust.dkim", "org.bouncycastle.math.ec.rfc8032")
        .because("a protocol is read and tested by itself");

    @ArchTest
    static final ArchRule ARC_KNOWS_SIGNATURES = classes().that().resideInAPackage("org.postel.trust.arc")
        .should().onlyDependOnClassesThat().resideInAnyPackage("java..", "org.postel.mail", "org.postel.trust.dns", "org.postel.trust.message",
            "org.postel.trust.dkim", "org.postel.trust.arc")
        .because("its signatures are those of DKIM, and nothing of DKIM needs to know it");

    @ArchTest
    static final ArchRule TEXT_STANDS_ALONE = classes().that().resideInAPackage("org.postel.trust.message")
        .should().onlyDependOnClassesThat().resideInAnyPackage("java..", "org.postel.trust.message")
        .because("fields and tags are values");

    @ArchTest
    static final ArchRule DMARC_KNOWS_QUESTIONS_AND_ANSWERS = classes().that().resideInAPackage("org.postel.trust.dmarc")
        .should().onlyDependOnClassesThat().resideInAnyPackage("java..", "org.postel.mail", "org.postel.mail.mime", "org.postel.trust.dns",
            "org.postel.trust.message", "org.postel.trust.dmarc")
        .because("it takes which domains passed, however that was found");
}
