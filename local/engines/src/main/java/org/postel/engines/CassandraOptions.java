package org.postel.engines;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The options of Cassandra's JVM. */
final class CassandraOptions {

    /** Packages of the JDK that Cassandra 5.0 reaches into; from the options files of its release, and what JDK 25 adds. */
    private static final List<String> EXPORTS = List.of("java.base/java.lang.ref", "java.base/jdk.internal.misc",
            "java.base/jdk.internal.ref", "java.base/sun.nio.ch", "java.management.rmi/com.sun.jmx.remote.internal.rmi",
            "java.rmi/sun.rmi.registry", "java.rmi/sun.rmi.server", "java.rmi/sun.rmi.transport.tcp", "java.sql/java.sql");
    private static final List<String> OPENS = List.of("java.base/java.io", "java.base/java.lang",
            "java.base/java.lang.module", "java.base/java.lang.reflect", "java.base/java.math", "java.base/java.net",
            "java.base/java.nio", "java.base/java.util", "java.base/java.util.concurrent",
            "java.base/java.util.concurrent.atomic", "java.base/jdk.internal.loader", "java.base/jdk.internal.math",
            "java.base/jdk.internal.module", "java.base/jdk.internal.ref", "java.base/jdk.internal.reflect",
            "java.base/sun.nio.ch", "jdk.management/com.sun.management.internal");

    private CassandraOptions() {
    }

    static List<String> of(Path home, List<Path> classPath, boolean temporary) {
        List<String> options = new ArrayList<>(List.of("-Xms256m", "-Xmx640m", "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError", "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED", "-Djdk.attach.allowAttachSelf=true",
                "-Dcassandra.config=" + home.resolve("cassandra.yaml").toUri(),
                "-Dcassandra.storagedir=" + home,
                "-Dlogback.configurationFile=" + home.resolve("logback.xml"),
                "-Dcassandra-foreground=yes",
                // A worker renames itself for each request otherwise, which is a system call.
                "-Dcassandra.set_sep_thread_name=false"));
        options.addAll(aloneInItsRing());
        // A node that is never started again need not flush its schema with each change of it, which takes most of the time of tests' keyspaces.
        options.add("-Dcassandra.test.flush_local_schema_changes=" + !temporary);
        options.add("-javaagent:" + memoryMeter(classPath));
        EXPORTS.forEach(name -> options.add("--add-exports=" + name + "=ALL-UNNAMED"));
        OPENS.forEach(name -> options.add("--add-opens=" + name + "=ALL-UNNAMED"));
        return options;
    }

    /** A node without neighbours has nobody to wait for: this saves ten seconds at start and two at the end. */
    private static List<String> aloneInItsRing() {
        return List.of("-Dcassandra.skip_wait_for_gossip_to_settle=0", "-Dcassandra.ring_delay_ms=1",
                "-Dcassandra.superuser_setup_delay_ms=0", "-Dcassandra.shutdown_announce_in_ms=0");
    }

    /** Cassandra counts the memory its tables use with this agent. */
    private static Path memoryMeter(List<Path> classPath) {
        return classPath.stream().filter(jar -> jar.getFileName().toString().startsWith("jamm-")).findFirst()
                .orElseThrow(() -> new IllegalStateException("local/cassandra/target/lib has no jamm: build it again"));
    }
}
