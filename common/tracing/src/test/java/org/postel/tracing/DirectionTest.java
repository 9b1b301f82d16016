package org.postel.tracing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.postel.tracing", importOptions = ImportOption.DoNotIncludeTests.class)
class DirectionTest {

    /** Every library of ours may use this one: so it knows none of them. */
    @ArchTest
    static final ArchRule KNOWS_OPENTELEMETRY_AND_PROMETHEUS_ONLY = classes().should().onlyDependOnClassesThat().resideInAnyPackage(
            "java..", "org.postel.tracing", "io.opentelemetry..", "io.prometheus.client.exemplars..", "org.jboss.logging");
}
