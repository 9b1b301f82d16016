package org.postel.mailbox.admin;

import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import org.postel.mailbox.authority.Authority;
import org.postel.mailbox.authority.Scope;

/** Who makes a request, as resources see it. */
record Acting(Authority authority) implements SecurityContext {

    static Authority of(SecurityContext security) {
        return (Authority) security.getUserPrincipal();
    }

    @Override
    public Principal getUserPrincipal() {
        return authority;
    }

    @Override
    public boolean isUserInRole(String role) {
        return Scope.of(role).filter(authority::may).isPresent();
    }

    @Override
    public boolean isSecure() {
        return false;
    }

    @Override
    public String getAuthenticationScheme() {
        return "Bearer";
    }
}
