package org.leaklab.field.healthy;

import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.leaklab.field.Answer;
import org.leaklab.field.Expected;
import org.leaklab.field.Program;
import org.leaklab.field.Threads;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;

/** A scheduler with a job that runs ten times a second, and more workers than it needs. */
@Expected(value = Answer.HEALTHY, after = "Quartz with one job")
public final class QuartzIdle implements Program {

    private static @Nullable Scheduler scheduler;

    /** A job that is done at once. */
    public static final class Quick implements Job {

        @Override
        public void execute(JobExecutionContext context) {
            // done
        }
    }

    @Override
    public void start(Threads threads) throws SchedulerException {
        Properties settings = new Properties();
        settings.setProperty("org.quartz.threadPool.threadCount", "4");
        settings.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
        Scheduler quartz = new StdSchedulerFactory(settings).getScheduler();
        quartz.scheduleJob(
                JobBuilder.newJob(Quick.class).build(),
                TriggerBuilder.newTrigger()
                        .startNow()
                        .withSchedule(SimpleScheduleBuilder.simpleSchedule()
                                .withIntervalInMilliseconds(100)
                                .repeatForever())
                        .build());
        quartz.start();
        scheduler = quartz;
    }
}
