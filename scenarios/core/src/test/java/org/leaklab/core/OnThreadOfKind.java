package org.leaklab.core;

import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.leaklab.testing.Eventually;

/** Runs the body of each test of a {@link CoreTest} on a thread of the kind that is tested. */
final class OnThreadOfKind implements InvocationInterceptor {

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        CoreTest test = (CoreTest) context.getRequiredTestInstance();
        Throwable[] thrown = new Throwable[1];
        Thread body = test.bodyKind().unstarted("test body", () -> {
            try {
                invocation.proceed();
            } catch (Throwable t) { // handed to JUnit below
                thrown[0] = t;
            }
        });
        body.start();
        try {
            if (!body.join(Eventually.PATIENCE.multipliedBy(9))) {
                thrown[0] = stuck(body);
                body.interrupt();
            }
        } catch (InterruptedException e) { // JUnit's timeout
            body.interrupt();
            throw e;
        }
        if (thrown[0] != null) {
            throw thrown[0];
        }
    }

    private static Throwable stuck(Thread body) {
        AssertionError stuck = new AssertionError("the test does not end; it is here");
        stuck.setStackTrace(body.getStackTrace());
        return stuck;
    }
}
