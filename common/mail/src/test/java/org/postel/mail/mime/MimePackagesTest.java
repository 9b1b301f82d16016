package org.postel.mail.mime;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which way the packages that read and write messages look. */
@AnalyzeClasses(packages = "org.postel.mail", importOptions = ImportOption.DoNotIncludeTests.class)
class MimePackagesTest {

    @ArchTest
    static final ArchRule MIME_STANDS_ALONE = classes().that().resideInAPackage("org.postel.mail.mime")
            .should().onlyDependOnClassesThat().resideInAnyPackage("java..", "org.apache.james.mime4j.codec", "org.postel.mail.mime")
            .because("every part of the platform reads messages, so reading them must drag nothing along");

    @ArchTest
    static final ArchRule NOTIFICATIONS_READ_MAIL = classes().that().resideInAPackage("org.postel.mail.dsn")
            .should().onlyDependOnClassesThat().resideInAnyPackage("java..", "org.apache.james.mime4j.codec", "org.postel.mail", "org.postel.mail.mime",
                    "org.postel.mail.dsn")
            .because("a notification is made of values, so that a test can write one without a server");
}
