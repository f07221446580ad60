import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from meice.kernel.tables import Tables


class Migration(Tables):

    initial = True

    dependencies = [
        ('orgs', '0001_initial'),
        ('orgs', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Roster',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='名称')),
                ('weeks_ahead', models.PositiveSmallIntegerField(default=4, verbose_name='提前排几周')),
                ('needs_handover', models.BooleanField(default=True, verbose_name='换人时要交接班')),
                ('accept_hours', models.PositiveSmallIntegerField(default=2, verbose_name='几小时没接班要提醒')),
                ('is_open', models.BooleanField(default=False, verbose_name='下级单位可见当前值班')),
                ('active', models.BooleanField(default=True, verbose_name='在用')),
                ('filled_until', models.DateField(blank=True, null=True)),
                ('troubles', models.PositiveSmallIntegerField(default=0)),
                ('checked_at', models.DateTimeField(blank=True, null=True)),
                ('made_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('keepers', models.ManyToManyField(related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='排班人')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit', verbose_name='单位')),
            ],
            options={
                'verbose_name': '值班表',
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='roster_has_a_name'), models.UniqueConstraint(condition=models.Q(('active', True)), fields=('unit', 'name'), name='roster_name_once_in_a_unit'), models.CheckConstraint(condition=models.Q(('weeks_ahead__range', (1, 26))), name='roster_half_a_year_ahead'), models.CheckConstraint(condition=models.Q(('accept_hours__range', (1, 48))), name='roster_accept_within_two_days')],
            },
        ),
        migrations.CreateModel(
            name='Layer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=20, verbose_name='名称')),
                ('kind', models.CharField(choices=[('officer', '值班员'), ('specialist', '网评/技术'), ('leader', '领导带班')], default='officer', max_length=10, verbose_name='类别')),
                ('place', models.PositiveSmallIntegerField(default=1)),
                ('round_the_clock', models.BooleanField(default=False, verbose_name='全天不断岗')),
                ('roster', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='layers', to='duty.roster')),
            ],
            options={
                'verbose_name': '班组',
                'ordering': ['place', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['officer', 'specialist', 'leader'])), name='layer_kind_is_known'), models.UniqueConstraint(fields=('roster', 'name'), name='layer_name_once_in_a_roster')],
            },
        ),
        migrations.CreateModel(
            name='Pattern',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('covers', models.CharField(choices=[('every', '每天'), ('workday', '工作日（含调休上班日）'), ('rest', '休息日（周末和节假日）'), ('weekend', '周末'), ('holiday', '法定节假日')], default='every', max_length=8, verbose_name='适用日子')),
                ('turn', models.CharField(choices=[('shift', '每班换人'), ('day', '每天换人'), ('week', '每周换人'), ('stretch', '每段连休换人')], default='day', max_length=8, verbose_name='轮换')),
                ('start_on', models.DateField(verbose_name='从哪天起')),
                ('layer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='patterns', to='duty.layer')),
            ],
            options={
                'verbose_name': '排法',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('layer', 'covers'), name='one_pattern_for_such_days'), models.CheckConstraint(condition=models.Q(('covers__in', ['every', 'workday', 'rest', 'weekend', 'holiday'])), name='pattern_covers_known_days'), models.CheckConstraint(condition=models.Q(('turn__in', ['shift', 'day', 'week', 'stretch'])), name='pattern_turn_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pattern', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='duty.pattern')),
            ],
            options={
                'ordering': ['place'],
                'constraints': [models.UniqueConstraint(fields=('pattern', 'place'), name='one_person_a_place'), models.UniqueConstraint(fields=('pattern', 'user'), name='once_in_the_order')],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('soon', '明天值班'), ('trouble', '排班缺口'), ('no_note', '没写交班记录'), ('waiting', '没接班'), ('keeper', '没接班报排班人')], max_length=8)),
                ('subject', models.CharField(max_length=60)),
                ('at', models.DateTimeField()),
                ('roster', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='duty.roster')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('roster', 'kind', 'subject'), name='duty_reminder_said_once')],
            },
        ),
        migrations.CreateModel(
            name='Shift',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='日期')),
                ('watch', models.CharField(max_length=12, verbose_name='班次')),
                ('begins_at', models.DateTimeField(verbose_name='开始')),
                ('ends_at', models.DateTimeField(verbose_name='结束')),
                ('minutes', models.PositiveIntegerField()),
                ('is_night', models.BooleanField(default=False)),
                ('day_kind', models.CharField(choices=[('workday', '工作日'), ('weekend', '周末'), ('holiday', '节假日')], max_length=8)),
                ('day_known', models.BooleanField(default=True)),
                ('cause', models.CharField(choices=[('planned', '按排法'), ('stand_in', '代班'), ('changed', '调班'), ('swapped', '换班')], default='planned', max_length=8)),
                ('changed_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('layer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shifts', to='duty.layer')),
                ('planned', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='值班人')),
            ],
            options={
                'verbose_name': '值班',
                'ordering': ['begins_at', 'layer__place', 'pk'],
                'indexes': [models.Index(fields=['layer', 'day'], name='duty_shift_layer_i_a29387_idx'), models.Index(fields=['user', 'begins_at'], name='duty_shift_user_id_a5e694_idx'), models.Index(fields=['begins_at', 'ends_at'], name='duty_shift_begins__00df9d_idx')],
                'constraints': [models.UniqueConstraint(fields=('layer', 'begins_at'), name='one_shift_at_a_time'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('begins_at'))), name='shift_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('day_kind__in', ['workday', 'weekend', 'holiday'])), name='shift_day_kind_is_known'), models.CheckConstraint(condition=models.Q(('cause__in', ['planned', 'stand_in', 'changed', 'swapped'])), name='shift_cause_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('waiting', '待接班'), ('returned', '退回补充'), ('accepted', '已接班')], default='waiting', max_length=8)),
                ('text', models.TextField(verbose_name='值班情况')),
                ('by_name', models.CharField(max_length=60)),
                ('written_at', models.DateTimeField()),
                ('accepted_by_name', models.CharField(blank=True, max_length=60)),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='接班人的话')),
                ('accepted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('next_shift', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='duty.shift')),
                ('shift', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='handover', to='duty.shift')),
            ],
            options={
                'verbose_name': '交班记录',
                'ordering': ['-shift__begins_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['waiting', 'returned', 'accepted'])), name='handover_status_is_known'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='handover_says_something'), models.CheckConstraint(condition=models.Q(models.Q(('accepted_at__isnull', False), ('accepted_by__isnull', False), ('status', 'accepted')), models.Q(models.Q(('status', 'accepted'), _negated=True), ('accepted_at__isnull', True), ('accepted_by__isnull', True)), _connector='OR'), name='handover_accepted_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='ShiftEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(max_length=20)),
                ('at', models.DateTimeField()),
                ('by_name', models.CharField(blank=True, max_length=60)),
                ('by_unit', models.CharField(blank=True, max_length=100)),
                ('note', models.TextField(blank=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('shift', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='duty.shift')),
            ],
            options={
                'ordering': ['pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='StandIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_day', models.DateField(verbose_name='从')),
                ('last_day', models.DateField(verbose_name='到')),
                ('reason', models.CharField(max_length=200, verbose_name='原因')),
                ('made_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('absent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='不在岗的人')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('roster', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stand_ins', to='duty.roster')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='代班人')),
            ],
            options={
                'verbose_name': '代班安排',
                'ordering': ['-first_day', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='stand_in_has_a_reason'), models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='stand_in_days_in_order'), models.CheckConstraint(condition=models.Q(('absent', models.F('user')), _negated=True), name='nobody_stands_in_for_herself')],
            },
        ),
        migrations.CreateModel(
            name='Swap',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=200, verbose_name='原因')),
                ('status', models.CharField(choices=[('asked', '待对方答复'), ('accepted', '已同意换班'), ('declined', '不同意换班'), ('withdrawn', '已收回换班'), ('lapsed', '过期未答复')], default='asked', max_length=9)),
                ('asked_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='答复')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('given', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='duty.shift')),
                ('shift', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='swaps', to='duty.shift')),
                ('to', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='请谁')),
            ],
            options={
                'verbose_name': '换班',
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['to', 'status'], name='duty_swap_to_id_1db059_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['asked', 'accepted', 'declined', 'withdrawn', 'lapsed'])), name='swap_status_is_known'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='swap_has_a_reason'), models.CheckConstraint(condition=models.Q(('by', models.F('to')), _negated=True), name='swap_between_two'), models.UniqueConstraint(condition=models.Q(('status', 'asked')), fields=('shift',), name='one_open_swap_a_shift'), models.UniqueConstraint(condition=models.Q(('status', 'asked')), fields=('given',), name='one_open_swap_a_given_shift')],
            },
        ),
        migrations.CreateModel(
            name='Watch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField(default=1)),
                ('name', models.CharField(max_length=12, verbose_name='班次')),
                ('begins', models.TimeField(verbose_name='开始')),
                ('ends', models.TimeField(verbose_name='结束')),
                ('pattern', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='watches', to='duty.pattern')),
            ],
            options={
                'ordering': ['place'],
                'constraints': [models.UniqueConstraint(fields=('pattern', 'begins'), name='watch_begins_once')],
            },
        ),
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '日历订阅',
                'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at', None)), fields=('user',), name='one_open_feed_a_person')],
            },
        ),
        migrations.CreateModel(
            name='OpenItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=300, verbose_name='事项')),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('done_by_name', models.CharField(blank=True, max_length=60)),
                ('done_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('handover', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='duty.handover')),
                ('layer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='duty.layer')),
            ],
            options={
                'verbose_name': '交班事项',
                'ordering': ['pk'],
                'indexes': [models.Index(condition=models.Q(('done_at', None)), fields=['layer'], name='items_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='open_item_says_something'), models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', True), ('done_by__isnull', True)), models.Q(('done_at__isnull', False), ('done_by__isnull', False)), _connector='OR'), name='open_item_done_by_somebody')],
            },
        ),
    ]
