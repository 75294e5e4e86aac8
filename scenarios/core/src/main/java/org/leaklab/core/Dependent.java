package org.leaklab.core;

import org.jspecify.annotations.Nullable;
import org.leaklab.core.wait.ShortLock;

/**
 * What a {@link Scope} tells when it is cancelled: a scope below it, or a {@link CancelAction}. It is linked into the
 * ring of that scope.
 */
abstract sealed class Dependent extends ShortLock permits Scope, CancelAction {

    // guarded by the lock of the scope that it depends on, until that is cancelled; then they are the canceller's
    @Nullable
    Dependent previous;

    @Nullable
    Dependent next;
}
