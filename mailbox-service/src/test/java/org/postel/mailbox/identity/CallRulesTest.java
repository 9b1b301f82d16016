package org.postel.mailbox.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.postel.mailbox.api.v1.ClientCountsGrpc;
import org.postel.mailbox.api.v1.DeliveryGrpc;
import org.postel.mailbox.api.v1.DirectoryGrpc;
import org.postel.mailbox.api.v1.GreylistGrpc;
import org.postel.mailbox.api.v1.MailboxesGrpc;
import org.postel.mailbox.api.v1.SigningGrpc;
import org.postel.mailbox.api.v1.StsPoliciesGrpc;

class CallRulesTest {

    private static final Set<String> IMAP_MAIL = Set.of("Tree", "Create", "Delete", "Rename", "Subscribe", "Status", "Quota", "GetMetadata", "SetMetadata",
            "GetAcl", "SetAcl", "Open", "Changes", "Poll", "Vanished",
            "Summaries", "Messages", "Content", "Search", "Sort", "Thread", "Append", "AppendWhole", "AppendAll", "Store", "Copy", "Expunge");

    @Test
    void eachServiceMayMakeExactlyTheCallsOfItsJob() {
        Map<Caller, Set<String>> allowed = new TreeMap<>();
        for (Caller caller : Caller.values()) {
            allowed.put(caller, new TreeSet<>(methods().filter(method -> CallRules.allows(caller, method))
                    .map(method -> method.substring(method.lastIndexOf('/') + 1)).toList()));
        }
        assertEquals(Map.of(
                Caller.SMTP_GATEWAY, Set.of("Resolve", "Authenticate", "Renew", "Ready", "Allow", "PutContent", "Meet"),
                Caller.DELIVERY_WORKER, Set.of("Resolve", "Forward", "Suppressed", "Suppress", "AnswerOnce", "Filter", "Deliver", "GetContent", "SigningKeys", "Sign",
                        "KeptPolicy", "KeepPolicy"),
                Caller.IMAP_GATEWAY, with(IMAP_MAIL, "SetQuota", "Authenticate", "Renew", "Ready", "Exchange"),
                Caller.POP3_GATEWAY, with(IMAP_MAIL, "Authenticate", "Renew", "Ready", "Exchange", "AcquireMaildrop", "RenewMaildrop", "ReleaseMaildrop")), allowed);
    }

    @Test
    void everyCallThatOpensAnAccountNeedsASession() {
        methods().forEach(method -> assertEquals(method.contains("Mailboxes/"), CallRules.needsSession(method), method));
    }

    @Test
    void aCallNobodyKnowsIsRefused() {
        for (Caller caller : Caller.values()) {
            assertEquals(false, CallRules.allows(caller, "grpc.reflection.v1.ServerReflection/ServerReflectionInfo"));
        }
    }

    private static Set<String> with(Set<String> some, String... more) {
        Set<String> all = new TreeSet<>(some);
        all.addAll(Set.of(more));
        return all;
    }

    private static Stream<String> methods() {
        return Stream.of(DirectoryGrpc.getServiceDescriptor(), DeliveryGrpc.getServiceDescriptor(), GreylistGrpc.getServiceDescriptor(),
                        SigningGrpc.getServiceDescriptor(), ClientCountsGrpc.getServiceDescriptor(), StsPoliciesGrpc.getServiceDescriptor(), MailboxesGrpc.getServiceDescriptor())
                .map(ServiceDescriptor::getMethods).flatMap(java.util.Collection::stream).map(MethodDescriptor::getFullMethodName);
    }
}
