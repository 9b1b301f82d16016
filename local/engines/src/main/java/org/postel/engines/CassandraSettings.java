package org.postel.engines;

import java.nio.file.Path;

/** The node's cassandra.yaml and logback.xml. */
final class CassandraSettings {

    private CassandraSettings() {
    }

    /** What a temporary node does besides: refuse a read over 10,000 deleted rows, where others allow 100,000. */
    static final String STRICT = "tombstone_failure_threshold: 10000\n";

    static String yaml(Path home, int port, int storagePort) {
        return """
                cluster_name: Postel
                num_tokens: 1
                initial_token: 0
                auto_bootstrap: false
                partitioner: org.apache.cassandra.dht.Murmur3Partitioner
                endpoint_snitch: SimpleSnitch
                seed_provider:
                  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
                    parameters:
                      - seeds: "127.0.0.1:%2$d"
                listen_address: 127.0.0.1
                rpc_address: 127.0.0.1
                native_transport_port: %1$d
                storage_port: %2$d
                # One machine, one copy: what is acknowledged is on disk. A sync begins at once and takes along whoever waits.
                commitlog_sync: batch
                commitlog_disk_access_mode: auto
                # A conditional write takes two rounds instead of four.
                paxos_variant: v2
                # What new clusters of this release are told to use: a trie outside of the heap, trie indexes, unified compaction.
                storage_compatibility_mode: NONE
                sstable:
                  selected_format: bti
                memtable:
                  configurations:
                    trie:
                      class_name: TrieMemtable
                    default:
                      inherits: trie
                memtable_allocation_type: offheap_objects
                # Mail is written once and read soon: the larger what is flushed, the less is compacted.
                memtable_heap_space: 192MiB
                memtable_offheap_space: 512MiB
                key_cache_size: 0MiB
                default_compaction:
                  class_name: UnifiedCompactionStrategy
                  parameters:
                    scaling_parameters: T8
                # It shares a few cores with whoever waits for an answer, so it takes its time.
                concurrent_compactors: 1
                compaction_throughput: 16MiB/s
                commit_failure_policy: die
                disk_failure_policy: die
                data_file_directories: ["%3$s/data"]
                commitlog_directory: "%3$s/commitlog"
                saved_caches_directory: "%3$s/saved_caches"
                hints_directory: "%3$s/hints"
                cdc_raw_directory: "%3$s/cdc_raw"
                hinted_handoff_enabled: false
                dynamic_snitch: false
                auto_snapshot: false
                """.formatted(port, storagePort, home.toString().replace("\\", "/"));
    }

    static String logback() {
        return """
                <configuration>
                  <appender name="OUT" class="ch.qos.logback.core.ConsoleAppender">
                    <encoder><pattern>%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0} %msg%n</pattern></encoder>
                  </appender>
                  <logger name="org.apache.cassandra.service" level="INFO"/>
                  <!-- Its checks are about big machines: swap, map areas, jemalloc. -->
                  <logger name="org.apache.cassandra.service.StartupChecks" level="ERROR"/>
                  <!-- A sync that takes longer than the window is no fault: the window only groups. -->
                  <logger name="org.apache.cassandra.db.commitlog" level="ERROR"/>
                  <root level="WARN"><appender-ref ref="OUT"/></root>
                </configuration>
                """;
    }
}
