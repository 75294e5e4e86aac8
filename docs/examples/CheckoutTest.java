import org.junit.jupiter.api.Test;
import org.leaklab.junit.VerifyNoLeaks;

@VerifyNoLeaks
class CheckoutTest {
    @Test
    void asksForAPrice() throws InterruptedException {
        Checkout.price();
    }
}
