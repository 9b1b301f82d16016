/**
 * The admin API: HTTP and JSON under {@code /api/v1}, errors as RFC 9457.
 *
 * <p>May import {@code directory}, {@code authority}, {@code audit}, {@code identity} and {@code transit}, and Jakarta REST; the store never.
 *
 * <p>Invariants: no path answers without a bearer token (RFC 6750), from the first second on; each method says with {@code @Needs}
 * what its caller must have; what changes something is in the audit log before it is done; no password and no hash is ever given out.
 * The description of the API at {@code /api/v1/openapi} tells nothing that is not in the sources, and is open.
 */
@OpenAPIDefinition(info = @Info(title = "Postel: the administrator's API", version = "1", license = @License(name = "Apache-2.0"), description = """
        Domains, accounts, aliases, mail on its way, and who administers them.

        Each request carries a bearer token (RFC 6750): an operator's, or one made with `POST /api/v1/tokens`, which is good for some scopes and \
        perhaps for some domains only. What is outside these domains is answered as if it were not there. Errors are problems (RFC 9457): \
        400 for what makes no sense, 401 without a good token, 403 for what the token may not do, 404 for what is not there, 409 for what is \
        taken or in use, 412 where somebody else changed it meanwhile, 503 while the database or the queue does not answer, or the audit log \
        cannot be written. What is changed is in the audit log."""),
        components = @Components(securitySchemes = @SecurityScheme(securitySchemeName = OperatorFilter.SECURITY, type = SecuritySchemeType.HTTP,
                scheme = "bearer", bearerFormat = "JWT")))
package org.postel.mailbox.admin;

import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
