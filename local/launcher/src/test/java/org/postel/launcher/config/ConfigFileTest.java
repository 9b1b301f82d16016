package org.postel.launcher.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postel.launcher.FailedException;

class ConfigFileTest {

    @TempDir
    Path folder;

    @Test
    void whatItSaysIsRead() throws IOException {
        ConfigFile file = read("""
                domains:
                  - example.org
                  - name: Bücher.test
                    sending: {messagesPerHour: 1000, recipientsPerDay: null}
                accounts:
                  - address: Ann@Example.org
                    passwordFile: secrets/ann
                    status: disabled
                    protocols: {imap: true, pop3: off}
                    quota: {bytes: 1000, messages: null}
                    sending: {messagesPerHour: 100, recipientsPerDay: null}
                    forwarding: {targets: [b@x.test]}
                    role: [b.test, a.test]
                  - address: bob@example.org
                    forwarding:
                    role: global
                aliases:
                  - address: info@example.org
                    targets: [ann@example.org, b@x.test]
                  - address: "@example.org"
                    targets: [ann@example.org]
                """);
        assertEquals(List.of("example.org", "xn--bcher-kva.test"), List.copyOf(file.of(Kind.DOMAIN).keySet()));
        assertEquals("{sending.messagesPerHour=1000, sending.recipientsPerDay=null}", file.of(Kind.DOMAIN).get("xn--bcher-kva.test").fields().toString());
        Map<String, Object> ann = file.of(Kind.ACCOUNT).get("ann@example.org").fields();
        assertEquals("{passwordFile=secrets/ann, status=disabled, protocols.imap=true, protocols.pop3=false, quota.bytes=1000, quota.messages=null, "
                + "sending.messagesPerHour=100, sending.recipientsPerDay=null, forwarding={keep=true, targets=[b@x.test]}, role=[a.test, b.test]}", ann.toString());
        assertEquals("{forwarding=null, role=global}", file.of(Kind.ACCOUNT).get("bob@example.org").fields().toString());
        assertTrue(file.of(Kind.ALIAS).containsKey("@example.org"));
        assertEquals(List.of("ann@example.org", "b@x.test"), file.of(Kind.ALIAS).get("info@example.org").fields().get("targets"));
    }

    @Test
    void whatItDoesNotNameIsNotItsMatter() throws IOException {
        ConfigFile file = read("domains: []\n");
        assertTrue(file.names(Kind.DOMAIN));
        assertFalse(file.names(Kind.ACCOUNT));
        assertFalse(read("").names(Kind.DOMAIN));
    }

    static Stream<List<String>> wrong() {
        return Stream.of(
                List.of("2", "domains: []\nusers: []\n", "there is no field \"users\""),
                List.of("3", "accounts:\n  - address: a@b.test\n    pop: true\n", "there is no field \"pop\""),
                List.of("4", "accounts:\n  - address: a@b.test\n    protocols:\n      pop: true\n", "\"pop\""),
                List.of("3", "accounts:\n  - address: a@b.test\n    quota: {byte: 1}\n", "\"byte\""),
                List.of("3", "accounts:\n  - address: a@b.test\n    quota: {bytes: -1}\n", "not negative"),
                List.of("3", "accounts:\n  - address: a@b.test\n    quota: {bytes: many}\n", "number"),
                List.of("3", "accounts:\n  - address: a@b.test\n    sending: {perHour: 1}\n", "\"perHour\""),
                List.of("3", "accounts:\n  - address: a@b.test\n    status: gone\n", "active, disabled"),
                List.of("3", "accounts:\n  - address: a@b.test\n    status:\n", "text"),
                List.of("3", "accounts:\n  - address: a@b.test\n    protocols: {imap: maybe}\n", "true or false"),
                List.of("3", "accounts:\n  - address: a@b.test\n    password: x\n", "\"password\""),
                List.of("4", "accounts:\n  - address: a@b.test\n    passwordFile: x\n    passwordHash: y\n", "either"),
                List.of("3", "accounts:\n  - address: a@b.test\n    forwarding: {keep: true}\n", "targets"),
                List.of("3", "accounts:\n  - address: a@b.test\n    role: all\n", "global"),
                List.of("3", "accounts:\n  - address: a@b.test\n  - address: A@b.test\n", "twice"),
                List.of("3", "accounts:\n  - address: a@b.test\n    address: c@b.test\n", "twice"),
                List.of("2", "accounts:\n  - status: active\n", "without \"address\""),
                List.of("2", "accounts:\n  - address: nobody\n", "address"),
                List.of("2", "aliases:\n  - address: a@b.test\n", "without \"targets\""),
                List.of("3", "aliases:\n  - address: a@b.test\n    targets: []\n", "texts"),
                List.of("3", "aliases:\n  - address: a@b.test\n    targets: [x@b.test, x@b.test]\n", "twice"),
                List.of("1", "domains: {a: b}\n", "list"),
                List.of("2", "domains:\n  - {name: a.test, mx: b}\n", "\"mx\""),
                List.of("3", "domains:\n  - name: a.test\n    sending: {perHour: 1}\n", "of domains"),
                List.of("3", "domains:\n  - name: a.test\n    sending: {messagesPerDay: -1}\n", "not negative"),
                List.of("2", "domains:\n  - a b\n", "domain"),
                List.of("1", "- a\n", "fields"),
                List.of("2", "accounts:\n  - address: [", ""),
                List.of("1", "domains: &x [a.test]\n", "anchors"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void nonsenseIsRefusedWithItsLine(List<String> wrong) {
        String message = assertThrows(FailedException.class, () -> read(wrong.get(1))).getMessage();
        assertTrue(message.contains(", line " + wrong.get(0) + ": ") || wrong.get(2).isEmpty(), message);
        assertTrue(message.contains(wrong.get(2)), message);
    }

    private ConfigFile read(String text) throws IOException {
        return ConfigFile.read(Files.writeString(folder.resolve("mail.yaml"), text));
    }
}
