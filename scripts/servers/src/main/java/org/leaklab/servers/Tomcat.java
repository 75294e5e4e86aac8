package org.leaklab.servers;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import org.apache.catalina.Context;
import org.apache.catalina.core.StandardVirtualThreadExecutor;

/** Tomcat whose servlets run on virtual threads; prints its port. */
public final class Tomcat {

    private Tomcat() {}

    /** Starts and stays. */
    public static void main(String[] args) throws Exception {
        Shop shop = new Shop();
        Planted.plant();
        org.apache.catalina.startup.Tomcat tomcat = new org.apache.catalina.startup.Tomcat();
        tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
        tomcat.setPort(0);
        StandardVirtualThreadExecutor executor = new StandardVirtualThreadExecutor();
        executor.setName("virtual");
        tomcat.getService().addExecutor(executor);
        tomcat.getConnector().getProtocolHandler().setExecutor(executor);
        Context context = tomcat.addContext("", null);
        org.apache.catalina.startup.Tomcat.addServlet(context, "shop", new HttpServlet() {
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
        tomcat.start();
        System.out.println(tomcat.getConnector().getLocalPort());
        tomcat.getServer().await();
    }
}
