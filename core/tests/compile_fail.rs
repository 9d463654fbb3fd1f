//! D4: what must not compile. Each file holds one way in which pay could reach a client.

#[test]
fn d4_pay_cannot_be_put_where_a_client_could_see_it() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/compile_fail/*.rs");
}
