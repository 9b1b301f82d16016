package org.postel.mailbox.store;

/** @param keywords different keywords in one mailbox */
record LogLimits(int keywords) {}
