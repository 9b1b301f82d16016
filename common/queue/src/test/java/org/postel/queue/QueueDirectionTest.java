package org.postel.queue;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.postel.queue", importOptions = ImportOption.DoNotIncludeTests.class)
class QueueDirectionTest {

    /** Every service links this library, whatever framework it uses: so it knows none, and no service. */
    @ArchTest
    static final ArchRule KNOWS_KAFKA_AND_MAIL_ONLY = classes().should().onlyDependOnClassesThat().resideInAnyPackage(
            "java..", "org.postel.queue..", "org.postel.mail..", "org.postel.tracing", "org.apache.kafka..", "com.google.protobuf..",
            "io.micrometer..", "org.jboss.logging..");
}
