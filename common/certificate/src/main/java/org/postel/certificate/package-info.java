/** The certificate of a platform that is tried out, on one machine or in a cluster, and was given none. */
package org.postel.certificate;
