package org.postel.pop3.server;

import org.postel.pop3.command.Login;
import org.postel.pop3.session.Step;
import org.postel.pop3.syntax.Pop3Command;
import org.postel.pop3.syntax.Verb;
import org.postel.wire.sasl.Mechanisms;

/** The labels of metrics: a fixed set, whatever a client sends. */
final class CommandLabel {

    private static final String UNKNOWN = "unknown";

    private CommandLabel() {}

    static String of(Pop3Command command) {
        return switch (command) {
            case Pop3Command.User user -> Verb.USER.name();
            case Pop3Command.Pass pass -> Verb.PASS.name();
            case Pop3Command.Apop apop -> Verb.APOP.name();
            case Pop3Command.Auth auth -> Verb.AUTH.name();
            case Pop3Command.AuthMechanisms auth -> Verb.AUTH.name();
            case Pop3Command.Stls stls -> Verb.STLS.name();
            case Pop3Command.Capa capa -> Verb.CAPA.name();
            case Pop3Command.Stat stat -> Verb.STAT.name();
            case Pop3Command.List list -> Verb.LIST.name();
            case Pop3Command.ListAll list -> Verb.LIST.name();
            case Pop3Command.Uidl uidl -> Verb.UIDL.name();
            case Pop3Command.UidlAll uidl -> Verb.UIDL.name();
            case Pop3Command.Retr retr -> Verb.RETR.name();
            case Pop3Command.Top top -> Verb.TOP.name();
            case Pop3Command.Dele dele -> Verb.DELE.name();
            case Pop3Command.Noop noop -> Verb.NOOP.name();
            case Pop3Command.Rset rset -> Verb.RSET.name();
            case Pop3Command.Utf8 utf8 -> Verb.UTF8.name();
            case Pop3Command.Lang lang -> Verb.LANG.name();
            case Pop3Command.LangAll lang -> Verb.LANG.name();
            case Pop3Command.Quit quit -> Verb.QUIT.name();
            case Pop3Command.Malformed(Verb verb) -> verb.name();
            case Pop3Command.Unknown unknown -> UNKNOWN;
            case Pop3Command.Http http -> UNKNOWN;
        };
    }

    static String mechanism(Step.Authenticate exchange) {
        return Mechanisms.KNOWN.contains(exchange.mechanism()) ? exchange.mechanism() : "other";
    }

    static String result(Login.Result result) {
        return switch (result) {
            case FAILURE -> "failure";
            case REFUSED -> "refused";
            case ERROR -> "error";
        };
    }
}
