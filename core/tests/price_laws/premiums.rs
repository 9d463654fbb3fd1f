//! How premiums go together, whatever they are.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::demands::any_demand;
use crate::lists::{Sort, any_list};
use crate::run::{config, exact, minutes, priced};

fn stacked(list: &Value, stacking: &str) -> Value {
    let mut list = list.clone();
    list["policies"]["stacking"] =
        json!([{ "components": ["night", "weekend", "holiday"], "stacking": stacking }]);
    list
}

proptest! {
    #![proptest_config(config())]

    /// Of minutes times price: each line is rounded by itself, so the sums of rounded lines may differ by half a cent
    /// a line the other way.
    #[test]
    fn highest_is_at_most_the_sum_and_the_sum_at_most_compound(
        list in any_list(Sort::Minutes), demand in any_demand(),
    ) {
        let [highest, sum, compound] =
            ["highest", "sum_of_base", "compound"].map(|stacking| exact(&priced(&stacked(&list, stacking), &demand)));
        prop_assert!(highest <= sum, "{} {}", highest, sum);
        prop_assert!(sum <= compound, "{} {}", sum, compound);
        let first = exact(&priced(&stacked(&list, "first"), &demand));
        prop_assert!(first <= highest, "{} {}", first, highest);
    }

    #[test]
    fn each_on_the_base_is_as_if_there_were_no_group(list in any_list(Sort::Minutes), demand in any_demand()) {
        let mut alone = list.clone();
        alone["policies"]["stacking"] = json!([]);
        let (one, other) = (priced(&stacked(&list, "sum_of_base"), &demand), priced(&alone, &demand));
        prop_assert_eq!(minutes(&one), minutes(&other));
        prop_assert_eq!(one.net, other.net);
    }
}
