package org.postel.pop3.server;

import java.io.IOException;
import org.postel.pop3.command.Accounts;
import org.postel.pop3.command.LoginDelays;
import org.postel.tracing.Tracing;
import org.postel.wire.Connection;
import org.postel.wire.ConnectionHandler;
import org.postel.wire.WireMetrics;

/** Serves POP3 connections. */
final class Pop3Handler implements ConnectionHandler {

    private final SessionSettings settings;
    private final Accounts accounts;
    private final WireMetrics metrics;
    private final Tracing tracing;
    private final LoginDelays delays;

    Pop3Handler(SessionSettings settings, Accounts accounts, WireMetrics metrics, Tracing tracing) {
        this.settings = settings;
        this.accounts = accounts;
        this.metrics = metrics;
        this.tracing = tracing;
        this.delays = new LoginDelays(settings.loginDelay());
    }

    @Override
    public void serve(Connection connection) throws IOException {
        try (Pop3Session session = new Pop3Session(settings, accounts, delays, metrics, tracing, connection)) {
            session.run();
        }
    }
}
