package org.postel.launcher;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The end-to-end tests run the platform without the commands, so nothing below may know them. */
@AnalyzeClasses(packages = "org.postel.launcher", importOptions = ImportOption.DoNotIncludeTests.class)
class PackagesTest {

    @ArchTest
    static final ArchRule THE_PLATFORM_KNOWS_NO_COMMAND = noClasses()
            .that().resideInAnyPackage("..platform..", "..identity..")
            .should().dependOnClassesThat().resideInAPackage("..cli..");

    @ArchTest
    static final ArchRule IDENTITY_KNOWS_NO_PROCESS = noClasses().that().resideInAPackage("..identity..")
            .should().dependOnClassesThat().resideInAnyPackage("..platform..", "org.postel.engines..");
}
