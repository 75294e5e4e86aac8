package org.leaklab.field.healthy;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.leaklab.field.Answer;
import org.leaklab.field.Expected;
import org.leaklab.field.Load;
import org.leaklab.field.Program;
import org.leaklab.field.Shop;
import org.leaklab.field.Threads;

/** Tomcat with its own pool of platform threads, with a database behind a pool, under load. */
@Expected(value = Answer.HEALTHY, after = "Tomcat and HikariCP, under load")
public final class TomcatBusy implements Program {

    private static final Tomcat TOMCAT = new Tomcat();

    @Override
    public void start(Threads threads) throws Exception {
        Shop shop = new Shop();
        TOMCAT.setBaseDir(Files.createTempDirectory("tomcat").toString());
        TOMCAT.setPort(0);
        Context context = TOMCAT.addContext("", null);
        Tomcat.addServlet(context, "shop", new HttpServlet() {
            @Override
            protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
                try {
                    response.getWriter().print(shop.sell());
                } catch (SQLException e) {
                    response.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
                }
            }
        });
        context.addServletMappingDecoded("/", "shop");
        TOMCAT.getConnector();
        TOMCAT.start();
        Load.start(TOMCAT.getConnector().getLocalPort());
    }

    @Override
    public void stay() {
        TOMCAT.getServer().await();
    }
}
