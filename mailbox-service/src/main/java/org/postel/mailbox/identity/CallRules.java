package org.postel.mailbox.identity;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * Which service may make which call; what is not named is refused. A stolen gateway reads nobody's mail: the gateways reach
 * mail only with a session token that a user's password opened, and the worker can put mail in but not read mailboxes.
 */
public final class CallRules {

    private static final String DIRECTORY = "postel.mailbox.v1.Directory/";
    private static final String DELIVERY = "postel.mailbox.v1.Delivery/";
    private static final String GREYLIST = "postel.mailbox.v1.Greylist/";
    private static final String SIGNING = "postel.mailbox.v1.Signing/";
    private static final String CLIENT_COUNTS = "postel.mailbox.v1.ClientCounts/";
    private static final String POLICIES = "postel.mailbox.v1.StsPolicies/";
    private static final String MAILBOXES = "postel.mailbox.v1.Mailboxes/";

    private static final Set<String> MAILDROP = Set.of("AcquireMaildrop", "RenewMaildrop", "ReleaseMaildrop");

    private static final Map<Caller, Set<String>> WITHOUT_SESSION = new EnumMap<>(Map.of(
            Caller.SMTP_GATEWAY, Set.of(DIRECTORY + "Resolve", DIRECTORY + "Authenticate", DIRECTORY + "Renew", DIRECTORY + "Ready",
                    DIRECTORY + "Allow", DELIVERY + "PutContent", GREYLIST + "Meet"),
            Caller.DELIVERY_WORKER, Set.of(DIRECTORY + "Resolve", DIRECTORY + "Forward", DIRECTORY + "Suppressed",
                    DIRECTORY + "Suppress", DIRECTORY + "AnswerOnce", DELIVERY + "Filter", DELIVERY + "Deliver", DELIVERY + "GetContent", SIGNING + "SigningKeys", SIGNING + "Sign",
                    POLICIES + "KeptPolicy", POLICIES + "KeepPolicy"),
            Caller.IMAP_GATEWAY, Set.of(DIRECTORY + "Authenticate", DIRECTORY + "Renew", DIRECTORY + "Ready", CLIENT_COUNTS + "Exchange"),
            Caller.POP3_GATEWAY, Set.of(DIRECTORY + "Authenticate", DIRECTORY + "Renew", DIRECTORY + "Ready", CLIENT_COUNTS + "Exchange")));

    private CallRules() {}

    /** Whether the call opens an account and so needs a session token. */
    public static boolean needsSession(String method) {
        return method.startsWith(MAILBOXES);
    }

    /**
     * Whether the service may make the call; one that {@link #needsSession} needs a token besides.
     *
     * @param method the full gRPC name, such as {@code postel.mailbox.v1.Directory/Resolve}
     */
    public static boolean allows(Caller caller, String method) {
        if (!needsSession(method)) {
            return WITHOUT_SESSION.get(caller).contains(method);
        }
        return switch (caller) {
            case IMAP_GATEWAY -> !MAILDROP.contains(method.substring(MAILBOXES.length()));
            case POP3_GATEWAY -> !method.equals(MAILBOXES + "SetQuota");
            case SMTP_GATEWAY, DELIVERY_WORKER -> false;
        };
    }
}
