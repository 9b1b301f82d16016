package org.postel.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The load must not know whom it measures, or the same work would not be done against both. */
@AnalyzeClasses(packages = "org.postel.bench", importOptions = ImportOption.DoNotIncludeTests.class)
class PackagesTest {

    @ArchTest
    static final ArchRule THE_LOAD_KNOWS_NO_SERVER = noClasses().that().resideInAPackage("..load..")
            .should().dependOnClassesThat().resideInAnyPackage("..stack..", "..figure..", "org.postel.launcher..");

    @ArchTest
    static final ArchRule FIGURES_KNOW_NO_LAUNCHER = noClasses().that().resideInAPackage("..figure..")
            .should().dependOnClassesThat().resideInAnyPackage("org.postel.launcher..", "org.postel.engines..");

    @ArchTest
    static final ArchRule THE_REPORT_KNOWS_NOBODY = noClasses().that().resideInAPackage("..report..")
            .should().dependOnClassesThat().resideInAnyPackage("..load..", "..stack..", "..figure..", "org.postel.launcher..");
}
