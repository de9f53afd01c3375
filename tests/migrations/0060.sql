-- Rows of every table as a desk on schema 0060 had them: a sale that was released, one that was
-- cancelled, two that run, a withdrawal that waits, a seller in the middle of the wizard, and
-- updates and letters on their way. Sealed with the key of 32 bytes 7.

insert into users (id, language, terms_at, reachable, completed, seen_at) values
    (1001, 'en', 1800000000000, 1, 0, 1800000000000),
    (1002, 'en', 1800000000000, 1, 0, 1800000000000),
    (1003, 'en', 1800000000000, 1, 0, 1800000000000),
    (1004, 'en', 1800000000000, 1, 1, 1800000000000),
    (1005, 'en', 1800000000000, 1, 1, 1800000000000),
    (1006, 'zh-CN', 1800000010000, 1, 0, 1800000010000),
    (1007, 'zh-CN', 1800000010000, 1, 0, 1800000010000);

insert into staff (user_id, role) values
    (1001, 'operator'),
    (1002, 'treasurer'),
    (1003, 'arbiter');

insert into ads (id, owner, coin, price, total, units_left, fen_min, fen_max, window_min, status, opened_at, version) values
    (1, 1005, 'USDT', 7200, 1000000000, 820000000, 10000, 200000, 15, 'active', 1800000000000, 1),
    (2, 1007, 'USDT', 7200, 1000000000, 1000000000, 10000, 200000, 15, 'active', 1800000010000, 1);

insert into orders (id, ad, seller, buyer, coin, units, fen, price, terms, opened_at, version, used, state, due_at) values
    (1, 1, 1004, 1005, 'USDT', 100000000, 72000, 7200, '{"window_seconds":900,"grace_seconds":600,"cool_off_seconds":10,"seller_asked_seconds":[180,300,600,900],"auto_dispute_seconds":43200,"seller_may_dispute_seconds":300,"buyer_may_dispute_seconds":900,"refund_seconds":86400,"dispute_again_seconds":300,"award_seconds":172800,"claim_seconds":259200,"two_arbiters_above":2000000}', 1800000000000, 4, '{"extension":false,"take_back":false}', '{"kind":"released","at":"2027-01-15T08:00:10Z","by":"seller"}', null),
    (2, 1, 1004, 1005, 'USDT', 20000000, 14400, 7200, '{"window_seconds":900,"grace_seconds":600,"cool_off_seconds":10,"seller_asked_seconds":[180,300,600,900],"auto_dispute_seconds":43200,"seller_may_dispute_seconds":300,"buyer_may_dispute_seconds":900,"refund_seconds":86400,"dispute_again_seconds":300,"award_seconds":172800,"claim_seconds":259200,"two_arbiters_above":2000000}', 1800000010000, 2, '{"extension":false,"take_back":false}', '{"kind":"cancelled","at":"2027-01-15T08:00:10Z","by":{"who":"buyer","why":"changed_mind"}}', null),
    (3, 1, 1004, 1005, 'USDT', 30000000, 21600, 7200, '{"window_seconds":900,"grace_seconds":600,"cool_off_seconds":10,"seller_asked_seconds":[180,300,600,900],"auto_dispute_seconds":43200,"seller_may_dispute_seconds":300,"buyer_may_dispute_seconds":900,"refund_seconds":86400,"dispute_again_seconds":300,"award_seconds":172800,"claim_seconds":259200,"two_arbiters_above":2000000}', 1800000010000, 2, '{"extension":false,"take_back":false}', '{"kind":"paid","payment":{"at":"2027-01-15T08:00:10Z","asked_at":"2027-01-15T08:00:10Z","late":false,"left_ms":900000},"looked":false}', 1800000190000),
    (4, 1, 1006, 1005, 'USDT', 50000000, 36000, 7200, '{"window_seconds":900,"grace_seconds":600,"cool_off_seconds":10,"seller_asked_seconds":[180,300,600,900],"auto_dispute_seconds":43200,"seller_may_dispute_seconds":300,"buyer_may_dispute_seconds":900,"refund_seconds":86400,"dispute_again_seconds":300,"award_seconds":172800,"claim_seconds":259200,"two_arbiters_above":2000000}', 1800000010000, 1, '{"extension":false,"take_back":false}', '{"kind":"awaiting_payment","since":"2027-01-15T08:00:10Z","until":"2027-01-15T08:15:10Z","agreed":null}', 1800000310000);

insert into order_payees (order_id, account, name) values
    (1, x'01b7c1067f3f7568e340aa4f5c208e8b327485ea081ad5d405d2349d0b899e5a94113e17c36cc98404bb27252d7fc631e0ce1ad9', x'015547c4d11d878dbddc67e244b24ea659016a1106494085c91c432d1600623d028e91f1c99402c8dc9a941542f4ff4250bf39c5e3'),
    (2, x'01513f229e32235339ea3b1b5c85445cbf6ffc9f3a5f484bc22333ac20be3932ec93b00941096a69564ad707a217cbf1f3f64e47', x'010050051e5c1f9697bdb93c804f7ed2f7ab37c298563bf0db6cfb8b74c97155ce2eadb47c5924d1cf44b4c9d39457f93f436ae70f'),
    (3, x'01c31e4a305dc7d4a78fec30295fbd66d74df431506a738f40cf98aeb3436f50b2a66da9d2e203d4582b51bad6cbebddb161da61', x'01219dbb3ff613b4e5ae03d4612f0dd14a563ee924f9b6c330ad1678038a193895866c20e4bc714799445709f7ccf1cbcb4f4644ae'),
    (4, x'0177672afba72096e299ddb30dba072cea3b2959b530e868e23472fb7fc29c4481f912d2aee1fbb4f496daff52f9070ea6aebb97', x'01330a1e58f3ce2c4af82946a97408d6d653234af75b452661df8e9db68a4dc98e5bdaefd2ba9e56b18cc6f35d789b2d647341915f');

insert into cards (order_id, chat, message_id) values
    (1, 1004, 14),
    (1, 1005, 13),
    (2, 1004, 24),
    (2, 1005, 16),
    (3, 1004, 34),
    (3, 1005, 17),
    (4, 1005, 18),
    (4, 1006, 12);

insert into order_log (id, order_id, version, actor, entry, status, at, hash) values
    (1, 1, 1, 1004, '{"opened":true}', 'awaiting_payment', 1800000000000, x'954ebb8f74c5e5bac54bf453d190a115461b9ec972459f19c67ebb9ae519ba55'),
    (2, 1, 2, 1005, '{"request":"mark_paid"}', 'paid', 1800000000000, x'aa2eb23db4f4f5b0808ab580885fa36837f111d654624afe84320cf41db59c65'),
    (3, 1, 3, 1004, '{"request":"confirm_receipt"}', 'releasing', 1800000000000, x'3aa5d9a8e65f2f116cfec8533e1974905d21ca1fd35237bf92652d51d8c86b04'),
    (4, 1, 4, null, '{"fact":"time_came"}', 'released', 1800000010000, x'76e358ef6c1364a34fadb7f4382e896d4f9487b2c71ff63b735550798d6cbd4f'),
    (5, 2, 1, 1004, '{"opened":true}', 'awaiting_payment', 1800000010000, x'ebf080c497530d13be6626163991b016770be4312018aa2e48729069e7f05758'),
    (6, 2, 2, 1005, '{"request":"cancel","why":"changed_mind"}', 'cancelled', 1800000010000, x'4b6198509bd8c75fc55b99d6f9a8bc1fb2833a10f3f48eb00e0fb0f16fb1e559'),
    (7, 3, 1, 1004, '{"opened":true}', 'awaiting_payment', 1800000010000, x'f23a5bf872878178c7bbbcf57ea5bf827f4a54f628e4d2c2568348da498705c6'),
    (8, 3, 2, 1005, '{"request":"mark_paid"}', 'paid', 1800000010000, x'f3e3efd3e6318e1e4472b6e5053feb61f2982cff32579e60a706e97ad5c58a82'),
    (9, 4, 1, 1006, '{"opened":true}', 'awaiting_payment', 1800000010000, x'95b30d433a87595afbbced408e01babb630c108c33eb2a0388bcfb3e76d0e070');

insert into balances (account, coin, units) values
    ('escrow:1', 'USDT', 0),
    ('escrow:2', 'USDT', 0),
    ('escrow:3', 'USDT', 30000000),
    ('escrow:4', 'USDT', 50000000),
    ('outside', 'USDT', -2000000000),
    ('user:1004', 'USDT', 870000000),
    ('user:1005', 'USDT', 100000000),
    ('user:1006', 'USDT', 940000000),
    ('withdrawal:1', 'USDT', 10000000);

insert into transfers (id, debit, credit, coin, units, kind, key, at, hash) values
    (1, 'outside', 'user:1004', 'USDT', 1000000000, 'deposit', 'transaction-1', 1800000000000, x'8b05f445ddba17ba13108b45fef46f226a3cf73c796510645b992acc0ccbc290'),
    (2, 'user:1004', 'escrow:1', 'USDT', 100000000, 'lock', '1', 1800000000000, x'bd1bf2a6787fd671d5f9aed3d2625908475543c436d458a1973b077e3ffb393f'),
    (3, 'escrow:1', 'user:1005', 'USDT', 100000000, 'release', '1', 1800000010000, x'5583bcc827cf8d2f17434c51d2524e6a4ff0df17f470863b13aa1de5eb0c29f7'),
    (4, 'user:1004', 'escrow:2', 'USDT', 20000000, 'lock', '2', 1800000010000, x'e78101ee4296ba22477efdb212dfbd8fc24587e11c815b782af66c634d34919f'),
    (5, 'escrow:2', 'user:1004', 'USDT', 20000000, 'return', '2', 1800000010000, x'9413529e50867954dbf4dddc0af0f4d70005e8ff004a4ae36d67f1b2fd5f3d9d'),
    (6, 'user:1004', 'escrow:3', 'USDT', 30000000, 'lock', '3', 1800000010000, x'c20a6def3677b7ba04920e3d40019069cfb302e984c671ae14d65ea82476eda8'),
    (7, 'outside', 'user:1006', 'USDT', 1000000000, 'deposit', 'transaction-2', 1800000010000, x'2629320b2423d997b8a6f9b17d5561ca8f6225620055e3e69567806a1f90c866'),
    (8, 'user:1006', 'escrow:4', 'USDT', 50000000, 'lock', '4', 1800000010000, x'989f8ae2b43f49a05afb4408e8f41b73e7652833ca3b7f9e9c23ae9b822b8158'),
    (9, 'user:1006', 'withdrawal:1', 'USDT', 10000000, 'withdraw_ask', '1', 1800000010000, x'df62a1d8b62cad7e4ef120bed23d32a2bacb3cdfd18f5b53ad335465acb62ce3');

insert into conversations (chat, user_id, state, version, expires_at) values
    (1004, 1004, x'014f4cb23d850260a89b6dd1f8b8f6ed6fcedab77e96cb62252638545fa4b796fbce7c59e4b87bf98532065254864d538f431b2d5c95ea11a0b1b4321c2ebba6762090d1288d6534b03b8a1e512f9edccd3b7791331d1e76caf02a9e96574db81ba83fc81d423d04c4369a9fdafaa190f6c8df1ec5f29c1cf4e675cb0eb3b26a24efe16ce52e1ac7cbd77fed4a6344467d60ccefd2e48b704956fb6aa5ef850629fbef48101bf01e667bc83106f707c83c4528086bd76f0f5b27248e338f6d9956e57ba5a3819801db4aa669e695f7c065a532c53594431749a4c54e9bbb8af034e2ff80537a48967d46f1d092ab619cd1423d3c1f393c687098ca75429360a5d56a79998c530588da6964e4e6375529982a95bd95d8d3f6c19b30de7dd04b9da2a47642c157c6d57551fbc158f31eefe25c5b2b6692a0d9f76e41cd00d16558e919b4bdcf34dd20c0a7cbdf', 100000077, 1800086410000);

insert into withdrawals (id, user_id, coin, units, address, status, asked_at, settled_by, settled_at, reference) values
    (1, 1006, 'USDT', 10000000, x'01efb903b033643bc1197b841b514b9d1ef48bf65a95992b1362d4009a6b60c7b5ebeecd314391516352544dd64955f4cd314aa15b0d754ec4d78a4be625495e80476de08dfc36904f7c49', 'waiting', 1800000010000, null, null, null);

insert into settings (name, value, changed_at, changed_by) values
    ('new_orders', 'true', 1800000000000, 1000);

insert into pulse (id, at) values
    (1, 1800000010000);

insert into inbox (update_id, chat, raw, received_at, tries, state) values
    (100000076, 1004, null, 1800000010000, 0, 'done'),
    (100000077, 1004, null, 1800000010000, 0, 'done'),
    (100000078, 1007, null, 1800000010000, 0, 'done'),
    (100000079, 1006, x'01b52eadf5c82e332739383dd58fb0c32eca2017444095a50a5062b21165c5c2c10cb157b6d4ac013124cb1dd3158fc8854af02c28acec099bb20dce854e9d3bdb30620391fc15d324ff7490afd994834e467d32a9a27aad9dabea717351aa4e9cdd772514ab44508e49dcd46bcaaff73d9a972a0e0349903c0ee72ae4b4374fba8d5c3b81c74f85021ed500d97fbdcd384208cbed5250beb5b0a8d4d014f2c1cdc67b47b89c14db2dfcbd553c04e234fec45ca988904afc5b6a718217fd72133871e5fa09df51a1ee0df4e37ab39b4ccf1c73f0f6445f62efd54057d33ccb4f66e140b2215a7cb371933366c82a3fc7a61e08ad758acdf51a72b2a72576eb5df8db23f03c8dc0cb84af545bfbdf1227149bbf16a8f8913bc643e6c988a38241c8181e420fb6040bd15e2419f44fbd740d126494b5235c586387107a0d', 1800000010000, 0, 'waiting');

insert into outbox (id, chat, urgency, class, letter, topic, revision, not_before, state, tries, why, created_at) values
    (136, 1007, 1, 'append', '{"letter":"screen","screen":{"screen":"balance","lines":[{"available":{"coin":"usdt","units":0},"locked":{"coin":"usdt","units":0}},{"available":{"coin":"btc","units":0},"locked":{"coin":"btc","units":0}},{"available":{"coin":"eth","units":0},"locked":{"coin":"eth","units":0}}],"waiting":[]},"over":null,"turn":100000078}', null, 0, null, 'waiting', 0, null, 1800000010000);
