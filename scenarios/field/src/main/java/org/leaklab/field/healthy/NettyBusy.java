package org.leaklab.field.healthy;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.leaklab.field.Answer;
import org.leaklab.field.Expected;
import org.leaklab.field.Load;
import org.leaklab.field.Program;
import org.leaklab.field.Threads;

/** Netty with event loops that leave the work to a pool, under load. */
@Expected(value = Answer.HEALTHY, after = "Netty with a pool behind it, under load")
public final class NettyBusy implements Program {

    private static final ExecutorService WORKERS = Executors.newFixedThreadPool(8);
    private static final EventLoopGroup LOOPS = new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory());

    private static final class Answering extends SimpleChannelInboundHandler<FullHttpRequest> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            WORKERS.execute(() -> answer(context));
        }

        private static void answer(ChannelHandlerContext context) {
            var body = Unpooled.copiedBuffer("42", StandardCharsets.US_ASCII);
            var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body);
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
            context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }
    }

    @Override
    public void start(Threads threads) throws InterruptedException {
        Channel server = new ServerBootstrap()
                .group(LOOPS)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec(), new HttpObjectAggregator(1 << 16), new Answering());
                    }
                })
                .bind(0)
                .sync()
                .channel();
        Load.start(((InetSocketAddress) server.localAddress()).getPort());
    }
}
