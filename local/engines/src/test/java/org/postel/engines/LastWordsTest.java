package org.postel.engines;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Optional;

import org.junit.jupiter.api.Test;

class LastWordsTest {

    @Test
    void aServicesErrorIsToldByTheCauseThatSaysMost() {
        assertWords("cannot listen on 127.0.0.1:2110: Address already in use", """
                {"sequence":1,"level":"INFO","message":"starting"}
                {"sequence":2,"level":"ERROR","message":"Failed to start application","exception":{"exceptionType":\
                "java.lang.RuntimeException","message":"Failed to start quarkus","frames":[{"class":"a.B","line":1}],"causedBy":\
                {"exceptionType":"x.ObserverException","message":"java.io.IOException: cannot listen on 127.0.0.1:2110: \
                Address already in use","causedBy":{"exceptionType":"java.io.IOException","message":"cannot listen on \
                127.0.0.1:2110: Address already in use","causedBy":{"exceptionType":"java.net.BindException",\
                "message":"Address already in use"}}}}}
                """);
    }

    @Test
    void aRefusedPropertyIsTold() {
        assertWords("SRCFG00039: The config property postel.imap.max-connections expected an integer, got \"many\"", """
                {"level":"INFO","message":"an earlier line"}
                Configuration validation failed:
                \tjava.lang.IllegalArgumentException: SRCFG00039: The config property postel.imap.max-connections expected an \
                integer, got "many"
                """);
    }

    @Test
    void aStackTraceIsToldByItsRoot() {
        assertWords("Checksums do not match for nb-3-big-Statistics.db", """
                2026-11-24T00:00:01Z INFO  StorageService Joined
                2026-11-24T00:00:02Z ERROR CassandraDaemon Exception encountered during startup
                java.lang.RuntimeException: cannot open
                \tat a.B.c(B.java:1)
                Caused by: java.io.IOException: Checksums do not match for nb-3-big-Statistics.db
                \t... 17 common frames omitted
                """);
    }

    @Test
    void theLastErrorCounts() {
        assertWords("no meta.properties found", """
                [main] ERROR kafka.Kafka first
                java.lang.RuntimeException: something else
                \tat a.B.c(B.java:1)
                Exception in thread "main" java.lang.IllegalStateException: no meta.properties found
                \tat a.B.c(B.java:1)
                """);
    }

    @Test
    void anErrorWithoutAnExceptionIsTold() {
        assertWords("CassandraDaemon Port 9042 is taken", "2026-11-24T00:00:02Z ERROR CassandraDaemon Port 9042 is taken.\n");
        assertWords("The key is not readable", "{\"level\":\"ERROR\",\"message\":\"The key is not readable\"}");
    }

    @Test
    void whatIsNoErrorIsNotTold() {
        assertEquals(Optional.empty(), LastWords.of("{\"level\":\"INFO\",\"message\":\"ready\"}\n10:00 INFO a b".lines().toList()));
        assertEquals(Optional.empty(), LastWords.of(Path.of("there/is/none.log"), 0));
    }

    @Test
    void longWordsAreCut() {
        assertWords("x".repeat(300) + " ...", "x".repeat(5_000));
    }

    private static void assertWords(String expected, String log) {
        assertEquals(Optional.of(expected), LastWords.of(log.lines().toList()));
    }
}
